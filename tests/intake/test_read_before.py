"""What the preview read is written without reading the file again, unless it would be read another way by now."""

import pickle
import zlib
from datetime import timedelta

import pytest

from clients.models import Person
from clients.reference import PpksSynonym
from ppks.intake.desk import jobs
from ppks.intake.desk.asking import go_on
from ppks.intake.desk.read_before import kept_reading
from ppks.intake.desk.sealing import seal
from ppks.intake.models import Import, OwnHeading
from ppks.intake.stages import Choice, Stage
from ppks.kit import dates
from tests.intake.desk import decided, run_jobs, uploaded
from tests.intake.lists import MARSINAH
from tests.intake.test_desk import listed, person
from tests.office import OfficeBrowser, door

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(province):
    return OfficeBrowser(province)


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    """The names of the files that the jobs open."""
    names = []

    def noted(content, name, original=jobs.open_workbook):
        names.append(name)
        return original(content, name)

    monkeypatch.setattr(jobs, "open_workbook", noted)
    return names


def test_a_file_is_opened_once_for_preview_and_writing(desk, opened):
    listing = decided(desk, uploaded(desk, listed(person())))

    assert (listing.stage, opened) == (Stage.DONE, ["daftar.xlsx"])
    assert Person.objects.get().name == MARSINAH["name"]
    assert (listing.upload, listing.reading) == (None, None)


def another_word() -> None:
    PpksSynonym.objects.filter(pk=PpksSynonym.objects.earliest("pk").pk).update(kind_codes="20")


def another_heading() -> None:
    OwnHeading.objects.create(office=None, kind="recipients", text="catatan lain", field="", by=Import.objects.get().by)


def another_file() -> None:
    Import.objects.update(sha256="0" * 64)


@pytest.mark.parametrize("happens", [another_word, another_heading, another_file])
def test_it_is_read_anew_once_it_could_mean_something_else(desk, opened, happens):
    listing = uploaded(desk, listed(person()))
    happens()

    assert decided(desk, listing).stage == Stage.DONE
    assert opened == ["daftar.xlsx"] * 2


def test_it_is_read_anew_on_another_day(desk, opened, monkeypatch, province):
    listing = uploaded(desk, listed(person()))
    tomorrow = dates.today() + timedelta(days=1)
    monkeypatch.setattr("ppks.intake.desk.read_before.dates.today", lambda: tomorrow)
    with door(province, write=True):
        go_on(listing, province, Stage.WRITING, was=Stage.PREVIEW, choice=Choice.ALL)

    run_jobs()

    assert opened == ["daftar.xlsx"] * 2


def test_nothing_but_a_reading_is_made_of_what_was_kept():
    kept = seal(zlib.compress(pickle.dumps(("basis", print))))

    with pytest.raises(pickle.UnpicklingError, match=r"builtins\.print"):
        kept_reading(kept, "basis")
