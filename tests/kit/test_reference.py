"""Reference data: equal to the CSVs that the project ships, retired and never deleted, and what the office edits stays."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from monitoring.models import Obstacle, Trade
from monitoring.reference import TABLES
from ppks.kit import reference
from ppks.kit.reference import Loaded, Reference, chosen
from ppks.regions.models import District, MinimumWage, Region
from tests.office import door, refused, sql

pytestmark = pytest.mark.django_db

OBSTACLES = next(table for table in TABLES if table.file == "obstacles.csv")
TODAY = date(2026, 3, 1)
IN_ALL = {
    "Region": 38,
    "District": 666,
    "Village": 8_494,
    "PpksKind": 26,
    "PpksSynonym": 19,
    "DisabilityKind": 12,
    "Institution": 30,
    "Letterhead": 39,
    "Trade": 51,
    "Obstacle": 15,
    "MinimumWage": 78,
    "PovertyLine": 8,
    "Programme": 4,
    "Criterion": 5,
    "DocumentType": 15,
    "Suggestion": 34,
}


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """`shipped(rows)` makes these the CSV of obstacles; called without, it gives the CSV's rows."""
    with open(reference.FOLDER / OBSTACLES.file, encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    monkeypatch.setattr(reference, "FOLDER", tmp_path)

    def ship(changed=None):
        if changed is None:
            return [dict(row) for row in rows]
        with open(tmp_path / OBSTACLES.file, "w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, fieldnames=rows[0])
            writer.writeheader()
            writer.writerows(changed)
        return reference.load(OBSTACLES, on=TODAY)

    return ship


def test_the_province_is_there_in_full():
    counts = {model.__name__: model.objects.count() for model in apps.get_models() if issubclass(model, Reference)}

    assert counts == IN_ALL | {"PartnerOffice": 0}  # the admin's own: no list ships them


def test_loading_again_changes_nothing():
    said = StringIO()

    call_command("load_reference", stdout=said)

    lines = said.getvalue().splitlines()
    assert len(lines) == len(IN_ALL)
    assert [line for line in lines if "0 baru, 0 berubah" not in line or "0 pensiun" not in line] == []


def test_every_kecamatan_lies_in_the_kabkota_of_its_code():
    wrong = sql("select code, region_id from regions_district where left(replace(code, '.', ''), 4)::int <> region_id")

    assert wrong == []
    assert District.objects.filter(region__code="35.22").count() == 28


def test_what_leaves_the_list_is_retired_and_not_deleted(shipped):
    first, *others = shipped()

    done = shipped(others)

    assert done == Loaded("monitoring_obstacle", new=0, changed=0, same=len(others), retired=1)
    assert Obstacle.objects.get(code=first["code"]).retired_on == TODAY
    assert not Obstacle.objects.current().filter(code=first["code"]).exists()


def test_what_comes_back_to_the_list_is_used_again(shipped):
    rows = shipped()
    shipped(rows[1:])

    done = shipped(rows)

    assert (done.changed, done.retired) == (1, 0)
    assert Obstacle.objects.current().count() == len(rows)


def test_what_the_list_words_differently_is_changed(shipped):
    rows = shipped()
    rows[0]["label_id"] = "Bahan baku langka"

    done = shipped(rows)

    assert (done.new, done.changed, done.retired) == (0, 1, 0)
    assert Obstacle.objects.get(code=rows[0]["code"]).label == "Bahan baku langka"


def test_what_the_office_edited_is_left_alone_also_when_it_leaves_the_list(shipped):
    rows = shipped()
    Obstacle.objects.filter(code=rows[0]["code"]).update(label="Kata kantor", is_edited=True)

    shipped(rows[1:])

    kept = Obstacle.objects.get(code=rows[0]["code"])
    assert (kept.label, kept.retired_on) == ("Kata kantor", None)


def test_an_edit_in_the_admin_is_kept_by_the_loader(browse, admin):
    trade = Trade.objects.order_by("pk").first()
    form = {"code": trade.code, "name": "Menjahit", "group": trade.group, "kbli": trade.kbli, "kbli_edition": 2020}

    answer = browse(admin).post(f"/admin/monitoring/trade/{trade.pk}/change/", form)
    call_command("load_reference", verbosity=0)

    trade.refresh_from_db()
    assert (answer.status_code, trade.name, trade.is_edited) == (302, "Menjahit", True)


def test_a_form_offers_current_rows_and_the_one_already_stored():
    kept, gone, _ = Obstacle.objects.order_by("pk")[:3]
    Obstacle.objects.filter(pk__in=[kept.pk, gone.pk]).update(retired_on=TODAY)

    offered = chosen(Obstacle.objects.all(), or_already=kept)

    assert (kept in offered, gone in offered) == (True, False)


def test_the_admin_edits_reference_data_and_deletes_none(admin):
    with door(admin, write=True):
        assert sql("update regions_minimumwage set amount = amount") == MinimumWage.objects.count()
        with refused("permission denied for table regions_minimumwage"):
            sql("delete from regions_minimumwage")


def test_a_case_role_reads_reference_data_and_writes_none(province):
    with door(province, write=True):
        assert Region.objects.count() == 38
        with refused("permission denied for table regions_region"):
            sql("update regions_region set name = 'x'")
