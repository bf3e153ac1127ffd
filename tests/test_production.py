"""Production settings: nothing starts without its secrets, and Django's own check of a deployment has no complaint."""

import os
import runpy
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SECRETS = {
    "SECRET_KEY": "a-long-and-random-key-that-is-only-for-this-test-0123456789",
    "FIELD_KEYS": "b25seS1mb3ItZGV2ZWxvcG1lbnQtMzItYnl0ZXMtISE=",
    "FIELD_INDEX_KEY": "another-key-for-this-test",
}
PLACE = {
    "DATABASE_URL": "postgres://ppks_app:x@db.example/ppks",
    "DATABASE_OWNER_URL": "postgres://ppks_owner:y@db.example/ppks",
    "ALLOWED_HOSTS": "ppks.example",
}
WHOLE = SECRETS | PLACE | {"PPKS_MODE": "production"}
KEPT = ("PATH", "HOME")  # of the run's own environment


@pytest.fixture
def settings_with(monkeypatch):
    """`settings_with(variables)` reads the settings anew, with these variables and no others."""

    def read(variables: dict[str, str]) -> dict[str, object]:
        for name in os.environ:
            monkeypatch.delenv(name)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(settings.BASE_DIR / "ppks" / "settings.py")

    return read


def start(variables: dict[str, str], *arguments: str) -> subprocess.CompletedProcess:
    """`manage.py`, as an administrator would start it."""
    own = {name: os.environ[name] for name in KEPT if name in os.environ}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=own | variables, capture_output=True, text=True, check=False
    )


@pytest.mark.long
def test_the_check_of_a_deployment_has_no_complaint():
    done = start(WHOLE, "check", "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_a_forgotten_secret_stops_the_start_with_a_clear_sentence():
    done = start({name: value for name, value in WHOLE.items() if name != "SECRET_KEY"}, "check")

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("SECRET_KEY must be set in production; see .env.example.")


@pytest.mark.parametrize("missing", SECRETS)
@pytest.mark.parametrize("given", [{}, {"empty": ""}], ids=["left out", "left empty"])
def test_every_secret_must_be_there(settings_with, missing, given):
    variables = {name: value for name, value in WHOLE.items() if name != missing} | dict.fromkeys(
        [missing] * len(given), ""
    )

    with pytest.raises(ImproperlyConfigured, match=f"{missing} must be set in production"):
        settings_with(variables)


def test_a_database_of_ones_own_is_production_unless_it_is_said_to_be_a_trial(settings_with):
    assert settings_with(PLACE | {"ALLOW_DEMO": "1"})["PRODUCTION"] is False
    with pytest.raises(ImproperlyConfigured):
        settings_with(PLACE)


def test_a_mode_that_nobody_knows_is_refused(settings_with):
    with pytest.raises(ImproperlyConfigured, match="PPKS_MODE must be `production` or `development`"):
        settings_with(WHOLE | {"PPKS_MODE": "prod"})


def test_in_production_everything_that_guards_is_on(settings_with):
    found = settings_with(WHOLE | {"DEBUG": "1"})

    wanted = {
        "DEBUG": False,
        "TOTP_REQUIRED": True,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-sesi",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_PROXY_SSL_HEADER": None,
    }
    assert {name: found[name] for name in wanted} == wanted
    assert (found["DATABASES"]["default"]["USER"], found["DATABASE_OWNER"]["USER"]) == ("ppks_app", "ppks_owner")


def test_without_any_variable_it_is_a_trial_on_this_machine(settings_with):
    found = settings_with({})

    assert (found["PRODUCTION"], found["OWN_DATABASE"], found["TOTP_REQUIRED"]) == (False, False, False)
