"""The import desk as a person uses it: uploads, the jobs a worker would run, and the whole database before and after."""

import json
from collections import Counter
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django_tasks_db.models import DBTaskResult

from ppks.intake.models import Import
from tests.intake.lists import DATA
from tests.office import OfficeBrowser, bare, sql

# History, the access log, what an import keeps of itself, sessions and the queue: not the office's data.
NOT_DATA = {
    "audit_look",
    "intake_import",
    "intake_progress",
    "django_session",
    "django_tasks_database_dbtaskresult",
    "monitoring_tallyday",
}
SUMS = {  # changes of counts: what counts is their sum
    "monitoring_tally": ("region_id, measure", "true"),
    "plans_experiencetally": ('"group", obstacle, suggestion, outcome', "true"),
    "counts_daycount": ("region_id, kind, code, day", "region_id is not null and grain in ('change', 'day')"),
}
RECIPIENTS = DATA / "penerima-2020.xlsx"
FAULTY = DATA / "penerima-rusak.xlsx"


def run_jobs() -> None:
    """Do what a worker does with everything that waits, in the app's own role."""
    for waiting in DBTaskResult.objects.ready():
        task = waiting.task_result
        with bare():
            waiting.task.call(*task.args, **task.kwargs)
        waiting.set_successful(None)


def send(browser: OfficeBrowser, content: bytes, name: str = "daftar.xlsx", **fields: Any):
    """The answer to an upload."""
    return browser.post("/klien/impor/", {"kind": "recipients", "file": SimpleUploadedFile(name, content), **fields})


def uploaded(browser: OfficeBrowser, content: bytes, name: str = "daftar.xlsx", **fields: Any) -> Import:
    """The import after its file was read."""
    answer = send(browser, content, name, **fields)
    assert answer.status_code == 302, answer.content.decode()
    run_jobs()
    return Import.objects.latest("pk")


def decided(browser: OfficeBrowser, listing: Import, choice: str = "all") -> Import:
    """The import after somebody decided on it."""
    browser.post(f"/klien/impor/{listing.pk}/simpan/{choice}/")
    run_jobs()
    return Import.objects.get(pk=listing.pk)


def page(browser: OfficeBrowser, listing: Import, query: str = "") -> str:
    answer = browser.get(f"/klien/impor/{listing.pk}/{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def dump() -> dict[str, list[str]]:
    """Every row of every table of ours, as PostgreSQL writes it; without histories and what is no data."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
    data = sorted(table for table in tables & present if not table.endswith("event") and table not in NOT_DATA)
    return {table: _rows(table) for table in data}


def changed_since(before: dict[str, list[str]]) -> dict[str, list[str]]:
    """By table, what came (+) and went (-) since that dump; empty where nothing did."""
    now = dump()
    return {
        table: [*(f"+ {row}" for row in rows - earlier), *(f"- {row}" for row in earlier - rows)]
        for table in now
        if (rows := Counter(now[table])) != (earlier := Counter(before[table]))
    }


def _rows(table: str) -> list[str]:
    if table in SUMS:
        of, which = SUMS[table]
        query = (
            f"select {of}, sum(number) from {table} where {which} group by {of} having sum(number) <> 0 order by {of}"
        )
    else:
        query = f'select to_jsonb(t)::text from "{table}" t order by 1'
    return [str(row) for row in sql(query)]


def everything_sent() -> str:
    """All text columns of what an import keeps in the open, for looking whether a number is in it."""
    kept = [
        *sql("select to_jsonb(t) - 'upload' - 'reading' - 'report' - 'rest' from intake_import t"),
        *sql("select to_jsonb(t) from intake_progress t"),
    ]
    return json.dumps([*kept, *sql("select to_jsonb(t) from django_tasks_database_dbtaskresult t")])
