"""The benchmark runs: every page it measures answers, on data that triggers would have left."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

SMALL = ("--people", "400", "--visits", "4000", "--seconds", "4", "--no-export", "--no-import")
PROJECT = Path(__file__).resolve().parent.parent


@pytest.mark.long
def test_a_small_benchmark_measures_every_page():
    """On a server of its own; it fails where a page does not answer."""
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    with tempfile.TemporaryDirectory(prefix="bangku") as place:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks", *SMALL],
            env=environment | {"PPKS_POSTGRES": place},
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-2_000:]
    table = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    assert len(table) > 30
