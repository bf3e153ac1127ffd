"""Lets PostgreSQL work at one statement while Python prepares the next: they run behind, in order, in the same transaction.

Whatever else is asked of the connection meanwhile waits for them, so nobody sees less than was written.
"""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

from django.db import connection

AT_MOST = 32  # statements that wait, each with its rows


class Behind:
    """Use it as a context manager inside a transaction. A refusal is raised by a later call, at the latest at the end."""

    def __init__(self):
        self.running: deque[Future] = deque()
        self.open = ExitStack()

    def __enter__(self) -> "Behind":
        connection.ensure_connection()
        self.raw, self.refusals = connection.connection, connection.wrap_database_errors
        self.thread = self.open.enter_context(ThreadPoolExecutor(1))
        self.open.enter_context(connection.execute_wrapper(self._after_them))
        return self

    def __exit__(self, failure, *details) -> None:
        with self.open:
            if failure is None:
                self.wait()
            else:
                self._give_up()

    def run(self, statement: str, values: Sequence[Any]) -> None:
        """Have it run after those before it."""
        while len(self.running) >= AT_MOST:
            self._wait_for_first()
        self.running.append(self.thread.submit(self._run, statement, values))

    def wait(self) -> None:
        """Until all have run."""
        while self.running:
            self._wait_for_first()

    def _run(self, statement: str, values: Sequence[Any]) -> None:
        with self.refusals, self.raw.cursor() as cursor:
            cursor.execute(statement, values)

    def _wait_for_first(self) -> None:
        try:
            self.running.popleft().result()
        except BaseException:
            self._give_up()
            raise

    def _give_up(self) -> None:
        """The transaction is lost: what waits would be refused, what runs ends before the connection is used again."""
        for each in self.running:
            each.cancel()
        self.running.clear()

    def _after_them(self, execute: Callable, *statement: Any) -> Any:
        self.wait()
        return execute(*statement)
