"""A real demo, served by a process of its own on a database of its own, and a real Chromium to visit it with."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page

from tests.run import chromium

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")  # each has a demo of its own
PLACE = settings.BASE_DIR / ".postgres" / f"browser-{WORKER}"
DESK, PHONE, SMALLEST = {"width": 1280, "height": 900}, {"width": 360, "height": 740}, {"width": 320, "height": 640}


@dataclass(frozen=True)
class Demo:
    url: str
    password: str


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """`manage.py demo` from nothing, told to stop at the end as a person would."""
    shutil.rmtree(PLACE, ignore_errors=True)
    port = _free_port()
    own = {
        "PPKS_POSTGRES": str(PLACE),
        "PORT": str(port),
        "PPKS_MODE": "development",
        "DJANGO_SETTINGS_MODULE": "ppks.settings",  # and not those of the tests, which serve no static files
        "DATABASE_URL": "",
        "PYTHONWARNINGS": "",
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo"],
        cwd=settings.BASE_DIR,
        env=os.environ | own,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield _served(process)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        process.stdout.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _served(process: subprocess.Popen) -> Demo:
    """Reads what the demo prints until it says where it serves."""
    password = ""
    for line in process.stdout:
        if line.startswith("Kata sandi: "):
            password = line.removeprefix("Kata sandi: ").strip()
        if line.startswith("Buka http"):
            return Demo(line.split()[1].rstrip("/"), password)
    raise AssertionError("The demo ended before it served.")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    return {
        "executable_path": chromium(),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    }


@pytest.fixture
def visit(browser: Browser, demo: Demo) -> Iterator[Callable[..., Page]]:
    """`visit("provinsi", DESK)` is a page on which that user has just logged in; no name is a passer-by."""
    contexts = []

    def open_page(username: str = "", size: dict = DESK) -> Page:
        contexts.append(context := browser.new_context(viewport=size, base_url=demo.url, locale="id-ID"))
        page = context.new_page()
        page.complaints = []
        page.on(
            "console", lambda said: page.complaints.append(said.text) if said.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        if username:
            log_in(page, username, demo.password)
        return page

    yield open_page
    for context in contexts:
        context.close()


def log_in(page: Page, username: str, password: str) -> None:
    page.goto("/masuk/")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(lambda url: "/masuk/" not in url)  # until it has loaded: keys pressed before go nowhere


def assert_sound(page: Page) -> None:
    """Axe finds nothing, nothing sticks out sideways, the console is silent."""
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} scrolls sideways"
    assert page.complaints == [], page.url
