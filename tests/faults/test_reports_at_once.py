"""A period closed twice at the same moment through real connections: one edition, whole; and nothing is added to it later."""

import re

import pytest
from django.db import IntegrityError, transaction

from monitoring.reports.models import Edition, EditionFigure, EditionRow
from tests.faults.test_twice_at_once import at_once
from tests.office import OfficeBrowser, door, sql
from tests.people import TUBAN
from tests.reports.making import MONTH, closed, declining, growing, told

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
URL = f"/laporan/{MONTH.code}/tutup/"


def form(browser: OfficeBrowser) -> dict[str, str]:
    return {"seen": re.search(r'name="seen" value="(\w{64})"', browser.get(URL).content.decode())[1]}


def test_two_who_close_at_once_make_one_edition(province):
    growing(), declining(TUBAN)
    before = told(province)
    typed = form(OfficeBrowser(province))

    answers = at_once(*((OfficeBrowser(province), URL, typed) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
    edition = Edition.objects.get()
    assert EditionFigure.objects.count() == len(set(EditionRow.objects.values_list("region", "measure")))
    assert EditionRow.objects.filter(edition=edition, measure="usaha_semua").count() == before["usaha_semua"] == 2


def test_who_lost_reads_why(province):
    typed = form(OfficeBrowser(province))

    answers = at_once(*((OfficeBrowser(province), URL, typed) for _ in range(2)))

    (lost,) = (answer.content.decode() for answer in answers if answer.status_code == 422)
    assert "ditutup orang lain" in lost or "Tulis alasan edisi perbaikan." in lost


@pytest.mark.parametrize("model", [EditionRow, EditionFigure])
def test_nothing_is_added_to_a_closed_report_by_anybody(province, model):
    edition = closed()
    given = {"measure": "usaha_semua", "region_id": TUBAN, "edition": edition}
    given |= {"value": 1} if model is EditionFigure else {"subject": 1, "initials": "", "about": "", "detail": ""}

    with pytest.raises(IntegrityError, match="tidak ada yang dapat ditambahkan"), door(province, write=True):
        model.objects.create(**given)
    with pytest.raises(IntegrityError, match="tidak ada yang dapat ditambahkan"), transaction.atomic():
        model.objects.create(**given)
    assert model.objects.filter(edition=edition).count() == 0
    assert sql("select count(*) from reports_edition") == [(1,)]
