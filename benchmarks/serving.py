"""The system under load: gunicorn as the demo starts it, log-ins, and a client that costs next to nothing."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

HOST = "127.0.0.1"
PATIENCE = 60
WORKERS = 2


@contextmanager
def served(port: int) -> Iterator[None]:
    """gunicorn with two workers while the block runs."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
    command = [sys.executable, "-m", "gunicorn", "ppks.wsgi", "--bind", f"{HOST}:{port}", "--workers", str(WORKERS)]
    server = subprocess.Popen([*command, "--log-level", "warning"], env=environment, start_new_session=True)
    try:
        _wait(server, port)
        yield
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait(server: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if send(port, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, list[str]]
    body: bytes


def exchange(port: int, request: bytes) -> bytes:
    """Send and read to the end: one connection a request, as the sync worker closes it anyway."""
    with socket.create_connection((HOST, port), PATIENCE) as line:
        line.sendall(request)
        parts = []
        while part := line.recv(1 << 16):
            parts.append(part)
    return b"".join(parts)


def send(port: int, request: bytes) -> Answer:
    head, _, body = exchange(port, request).partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, list[str]] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        headers.setdefault(name.lower(), []).append(value)
    return Answer(int(first.split()[1]), headers, body)


@dataclass
class Visitor:
    """Somebody who is logged in."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> bytes:
        """The bytes of a request."""
        return self._request("GET", path, headers)

    def post(self, path: str, **values: str) -> bytes:
        body = urlencode(values | {"csrfmiddlewaretoken": self.cookies["csrftoken"]}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        return self._request("POST", path, headers) + body

    def upload(self, path: str, name: str, content: bytes, **values: str) -> bytes:
        """A form with one file, `file`."""
        edge = "----bangku-ukur"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in (values | {"csrfmiddlewaretoken": self.cookies["csrftoken"]}).items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body = b"".join([*parts, head, content, f"\r\n--{edge}--\r\n".encode()])
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "Content-Length": str(len(body))}
        return self._request("POST", path, headers) + body

    def _request(self, method: str, path: str, headers: dict[str, str]) -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = {"Host": f"{HOST}:{self.port}", "Connection": "close", "Cookie": cookies} | headers
        return f"{method} {path} HTTP/1.1\r\n{''.join(f'{n}: {v}' + chr(13) + chr(10) for n, v in lines.items())}\r\n".encode()

    def log_in(self, username: str, password: str) -> None:
        self._keep(send(self.port, self.get("/masuk/")))
        answer = send(self.port, self.post("/masuk/", username=username, password=password))
        if answer.status != 302:
            raise SystemExit(f"{username} could not log in: {answer.status}")
        self._keep(answer)

    def _keep(self, answer: Answer) -> None:
        for cookie in answer.headers.get("set-cookie", ()):
            name, value = re.match(r"([^=]+)=([^;]*)", cookie).groups()
            self.cookies[name] = value
