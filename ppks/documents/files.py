"""Files that rows name: written once under a random name, given that name for good when the row commits.

A file is written beside its row as `<name>.part` and renamed when the row commits. So a rolled back row leaves no file that
anybody could ask for, and `tidy` removes what no row names.
"""

import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction

NAME = re.compile(r"[0-9a-f]{32}")
YOUNG = 24 * 3600  # seconds in which a file may still wait for its row


class Altered(Exception):
    """A file is not what was once stored under its name."""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of MEDIA_ROOT for one kind of file; its rows carry the random names."""

    name: str
    suffix: str

    @property
    def root(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.name

    def _place(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise FileNotFoundError(name)
        return self.root / name[:2] / f"{name}{self.suffix}"

    def write(self, content: bytes) -> str:
        """Write the file for a row about to be inserted in this transaction; the random name that the row must carry."""
        name = secrets.token_hex(16)
        place = self._place(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        waiting = place.with_suffix(".part")
        with open(waiting, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        transaction.on_commit(lambda: waiting.rename(place))
        return name

    def opened(self, name: str) -> IO[bytes]:
        """The file of a row. FileNotFoundError when there is none."""
        place = self._place(name)
        try:
            return open(place, "rb")
        except FileNotFoundError:  # the process ended between the commit and the renaming
            return open(place.with_suffix(".part"), "rb")

    def content(self, name: str, *, digest: str) -> bytes:
        """The file of a row, if it is still the one whose SHA-256 the row carries. Raises Altered, also when it is gone."""
        try:
            with self.opened(name) as file:
                content = file.read()
        except FileNotFoundError:
            raise Altered(name) from None
        if sha256(content) != digest:
            raise Altered(name)
        return content

    def tidy(self, named: Iterable[str]) -> int:
        """Remove the files older than a day that no row names, finish what was broken off; how many files went."""
        wanted, removed = set(named), 0
        for file in self.root.glob("??/*"):
            if file.stem in wanted:
                if file.suffix == ".part":
                    file.rename(file.with_suffix(self.suffix))
            elif time.time() - file.stat().st_mtime > YOUNG:
                file.unlink()
                removed += 1
        return removed
