"""A process of its own that enacts a decree through its page and says how far it has come, so that it can be killed there.

`python -m tests.faults.decreeing prepare 376` fills a fresh database; `… enact` posts the decree.
"""

import os
import re
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

from ppks.postgres import embedded

LINES = "the lines"  # the statement that moves all applications, and with each of them its money


def prepare(lines: int) -> None:
    """Reference data, and a decree that lacks nothing over so many people."""
    from django.core.management import call_command

    from ppks.kit.owner import as_owner
    from tests import granting
    from tests.grants import crowd
    from tests.people import BOJONEGORO, member

    call_command("migrate", verbosity=0)
    with as_owner():
        call_command("load_reference", verbosity=0)
        line = granting.line(ceiling=lines * granting.MILLION)
        granting.allocation(line, amount=lines * granting.MILLION)
        crowd.drafted(crowd.nominated(granting.call(line), lines, [BOJONEGORO]))
        member("kepala")


def enact() -> None:
    """As the head does it: look at what is about to be decreed, then do it."""
    from django.db import connection
    from django.test import Client

    from ppks.accounts.models import User
    from tests.office import BACKEND

    browser = Client()
    browser.force_login(User.objects.with_reach().get(username="kepala"), backend=BACKEND)
    page = browser.get("/hibah/sk/1/tetapkan/").content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1]
    say("begins")
    with connection.execute_wrapper(_telling):
        answer = browser.post("/hibah/sk/1/tetapkan/", {"seen": seen})
    say(f"answered {answer.status_code}")


def _telling(execute, sql, params, many, context):
    if not sql.startswith('INSERT INTO "grants_applicationstep"'):
        return execute(sql, params, many, context)
    say(f"begins {LINES}")
    result = execute(sql, params, many, context)
    say(f"ends {LINES}")
    return result


def say(what: str) -> None:
    print(what, flush=True)


if __name__ == "__main__":
    with embedded():
        django.setup()
        prepare(int(sys.argv[2])) if sys.argv[1] == "prepare" else enact()
