"""What tests of log-in share: a way to type name and password, and a clock to set."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.office import OfficeBrowser
from tests.people import PASSWORD


@pytest.fixture
def log_in():
    """`log_in(name)` types name and password into the log-in page and gives the answer; the browser is `answer.client`."""

    def type_in(username: str, password: str = PASSWORD, browser: OfficeBrowser | None = None, query: str = "", **more):
        browser = browser or OfficeBrowser()
        return browser.post(f"/masuk/{query}", {"username": username, "password": password}, **more)

    return type_in


@pytest.fixture
def later(monkeypatch):
    """`later(minutes=5)` moves the clock on, again and again."""
    passed = [timedelta()]
    real = timezone.now

    def move(**duration: float) -> None:
        passed[0] += timedelta(**duration)

    monkeypatch.setattr(timezone, "now", lambda: real() + passed[0])
    return move


@pytest.fixture
def hashed(monkeypatch):
    """The passwords that were hashed, in order; hashing is what an attacker can make expensive or measure."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    real, passwords = MD5PasswordHasher.encode, []

    def encode(self, password, salt):
        passwords.append(password)
        return real(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    return passwords
