"""Runs the tests as `make` names them: `all`, `fast`, `soak` or `postgres`; says loudly when the browser is left out."""

import os
import shutil
import subprocess
import sys

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "\n*** Chromium tidak ditemukan: tes peramban TIDAK dijalankan. ***\n"
    "*** Chromium was not found: the browser tests were LEFT OUT. ***\n"
)


def chromium() -> str | None:
    """The browser's path: CHROMIUM names one, else the first found."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM)), None)


def pytest(*arguments: str) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], check=False).returncode


def run(kind: str) -> int:
    """The exit code of pytest for one kind of run."""
    match kind:
        case "fast":
            return pytest("-n2", "--dist", "loadgroup", "-m", "not browser and not faults and not soak")
        case "soak":
            os.environ["SOAK"] = "1"
            return pytest("-m", "soak or faults")
        case "postgres":
            return pytest("-n2", "--dist", "loadgroup", "-m", "database_sensitive")
    if chromium():
        return pytest("-n2", "--dist", "loadgroup", "-m", "not soak")
    print(MISSING, flush=True)
    return (
        1
        if os.environ.get("REQUIRE_BROWSER") == "1"
        else pytest("-n2", "--dist", "loadgroup", "-m", "not soak and not browser")
    )


if __name__ == "__main__":
    sys.exit(run(sys.argv[1]))
