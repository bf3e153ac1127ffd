"""The import desk from upload to result: what it shows, what it writes, and when it writes nothing."""

import json
from io import BytesIO
from traceback import format_exception
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.db import connection

from clients.models import Person
from ppks.audit.models import Source
from ppks.intake.desk.sealing import report_of, unseal
from ppks.intake.models import Import, OwnHeading, Progress
from ppks.intake.stages import Stage
from ppks.intake.workbook import open_workbook
from ppks.kit.jobs import JobFailed
from tests.intake.desk import (
    FAULTY,
    RECIPIENTS,
    changed_since,
    decided,
    dump,
    everything_sent,
    page,
    run_jobs,
    send,
    uploaded,
)
from tests.intake.lists import COLUMNS, DATA, MARSINAH, SIGNED, book, nik
from tests.office import OfficeBrowser, sql
from tests.people import BOJONEGORO, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(province):
    return OfficeBrowser(province)


@pytest.fixture
def officers_desk(officer):
    return OfficeBrowser(officer)


def person(**cells: object) -> list:
    """A row for `listed`: Marsinah of the Bojonegoro list, with other cells."""
    return [({**MARSINAH, **cells})[field] for field in COLUMNS]


def listed(*rows: list, signed: str = SIGNED) -> bytes:
    return book([list(COLUMNS.values()), *rows, [], [signed]])


def told(report: dict, label: str) -> list[str]:
    """[before, after] of the first change with that label."""
    return next(item[1:] for change in report["changes"] for item in change["items"] if item[0] == label)


def test_the_list_of_2020_by_page(desk):
    expected = json.loads((DATA / "penerima-2020.expected.json").read_text())

    listing = uploaded(desk, RECIPIENTS.read_bytes(), RECIPIENTS.name)
    assert (listing.stage, listing.people, listing.new, listing.errors) == (Stage.PREVIEW, expected["people"], 376, 0)
    assert listing.list_date.isoformat() == expected["list_date"]
    assert Person.objects.count() == 0
    listing = decided(desk, listing)

    assert (listing.stage, listing.new, listing.changed, listing.same) == (Stage.DONE, 376, 0, 0)
    assert Person.objects.count() == expected["people"]
    assert Person.objects.without_nik().count() == expected["without_nik"]
    per_region = dict(
        sql("select r.code, count(*) from clients_person p join regions_region r on r.id = p.region_id group by 1")
    )
    assert per_region == expected["per_region"]
    assert sql("select sum(amount)::bigint from grants_pastgrant") == [(expected["value_total_idr"],)]
    assert "376 orang baru, 0 berubah" in page(desk, listing)
    assert listing.upload is None


@pytest.mark.long
def test_the_same_file_again_changes_nothing_and_says_so(desk):
    decided(desk, uploaded(desk, RECIPIENTS.read_bytes()))
    before = dump()

    again = uploaded(desk, RECIPIENTS.read_bytes())

    assert (again.stage, again.new, again.changed, again.same) == (Stage.NOTHING, 0, 0, 376)
    assert "sudah pernah diimpor" in page(desk, again)
    assert again.upload is None
    assert changed_since(before) == {}


def test_every_planted_fault_by_its_cell_and_nothing_written(desk):
    planted = json.loads((DATA / "penerima-rusak.expected.json").read_text())["faults"]
    before = dump()

    listing = uploaded(desk, FAULTY.read_bytes())

    problems = report_of(listing)["problems"]
    assert sorted(problem[:3] for problem in problems) == sorted(
        [f["sheet"], f["cell"], f["severity"]] for f in planted
    )
    assert (listing.stage, listing.errors + listing.warnings) == (Stage.PREVIEW, 37)
    assert changed_since(before) == {}
    shown = page(desk, listing)
    assert all(f">{fault['cell']}</b>" in shown for fault in planted)


def test_all_is_closed_while_there_are_errors(desk):
    listing = uploaded(desk, FAULTY.read_bytes())
    before = dump()

    listing = decided(desk, listing, "all")

    assert listing.stage == Stage.PREVIEW
    assert changed_since(before) == {}


def test_only_the_faultless_rows_and_the_rest_back_with_reasons(desk):
    listing = decided(desk, uploaded(desk, FAULTY.read_bytes()), "faultless")

    assert (listing.stage, listing.new, Person.objects.count()) == (Stage.DONE, 118, 118)
    answer = desk.get(f"/klien/impor/{listing.pk}/sisa/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    [sheet] = open_workbook(answer.content, "sisa.xlsx")
    with_reason = [cells for _, cells in sheet.rows if cells[0] != "" and len(cells) > 24 and cells[24]]
    assert len(with_reason) == 32
    assert any("NIK: Empat angka terakhir NIK tidak boleh 0000." in str(cells[24]) for cells in with_reason)


@pytest.mark.long
def test_what_comes_back_can_be_sent_again(desk):
    first = decided(desk, uploaded(desk, FAULTY.read_bytes()), "faultless")
    rest = desk.get(f"/klien/impor/{first.pk}/sisa/").content

    second = uploaded(desk, rest)

    assert (second.people, second.new, second.errors) == (
        32,
        0,
        31,
    )  # of three rows with one NIK the first is no copy now
    assert report_of(second)["unknown"] == []
    assert second.list_date == first.list_date


def test_a_change_is_shown_field_by_field_with_numbers_masked(desk):
    decided(desk, uploaded(desk, listed(person())))

    listing = uploaded(desk, listed(person(phone="0812-1111-2222", kk="3522121309119999", turnover_now=900000)))

    report = report_of(listing)
    assert (listing.new, listing.changed) == (0, 1)
    assert told(report, "Telepon") == ["0810-9185-5933", "0812-1111-2222"]
    assert told(report, "Nomor KK") == ["3522********9542", "3522********9999"]
    shown = page(desk, listing)
    assert "<del>3522********9542</del>" in shown
    assert "3522121309119999" not in shown


def test_no_number_lies_open_anywhere(desk):
    listing = uploaded(desk, listed(person(), person(name="Rusak", nik="352212661093000")))

    assert MARSINAH["nik"] not in everything_sent()
    assert MARSINAH["nik"].encode() not in bytes(listing.upload) + bytes(listing.reading) + bytes(listing.report)
    assert unseal(listing.upload)[:2] == b"PK"
    assert MARSINAH["nik"] not in page(desk, listing, "?bagian=baru") + page(desk, listing)


def test_the_answer_to_an_upload_waits_for_no_reading(desk):
    answer = send(desk, RECIPIENTS.read_bytes())

    listing = Import.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/klien/impor/{listing.pk}/")
    assert (listing.stage, Progress.objects.get().started_at) == (Stage.READING, None)
    shown = page(desk, listing)
    assert "Menunggu giliran" in shown
    assert '<noscript><meta http-equiv="refresh"' in shown
    assert desk.get(f"/klien/impor/{listing.pk}/kemajuan/").headers.get("HX-Refresh") is None


def test_progress_asks_the_page_to_show_the_result(desk):
    listing = uploaded(desk, listed(person()))

    assert desk.get(f"/klien/impor/{listing.pk}/kemajuan/").headers["HX-Refresh"] == "true"


def bomb() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * 2**20))
    return stream.getvalue()


def only_pictures() -> bytes:
    stream = BytesIO()
    with ZipFile(BytesIO(book([]))) as empty, ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for entry in empty.infolist():
            archive.writestr(entry, empty.read(entry))
        archive.writestr("xl/media/image1.png", b"\x89PNG" + bytes(200))
    return stream.getvalue()


ENCRYPTED = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x00\x01\x02 not a workbook" * 50, "bukan buku kerja"),
        (b"%PDF-1.7 " + bytes(100), "bukan buku kerja"),
        (ENCRYPTED, "dikunci dengan kata sandi"),
        (bomb(), "jauh lebih besar daripada daftar mana pun"),
        (only_pictures(), "hanya berisi gambar"),
        (book([["Menu", "Harga"], ["Soto", 12000.0]]), "Tidak ada baris judul"),
    ],
)
def test_what_is_no_list_is_one_sentence(desk, content, sentence):
    before = dump()

    listing = uploaded(desk, content)

    assert listing.stage == Stage.UNREADABLE
    assert sentence in listing.failure
    assert listing.failure in page(desk, listing).replace("&quot;", '"')
    assert changed_since(before) == {}


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "kosong"), (bytes(100 * 2**20), "lebih besar dari 25 MB")], ids=["empty", "100 MB"]
)
def test_a_file_of_the_wrong_size_is_refused_at_the_door(desk, content, sentence):
    answer = send(desk, content)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Import.objects.count() == 0


def test_without_a_file_the_form_says_what_to_do(desk):
    answer = desk.post("/klien/impor/", {"kind": "recipients"})

    assert (answer.status_code, "Pilih dulu berkas daftarnya" in answer.content.decode()) == (422, True)


def test_an_unknown_heading_is_asked_once_an_office(officers_desk, desk):
    columns = list(COLUMNS.values())
    columns[list(COLUMNS).index("trade")] = "MATA PENCAHARIAN"
    content = book([columns, person(), [], [SIGNED]])
    listing = uploaded(officers_desk, content)
    assert [text for _, text in report_of(listing)["unknown"]] == ["MATA PENCAHARIAN"]
    assert "MATA PENCAHARIAN" in page(officers_desk, listing)

    officers_desk.post(f"/klien/impor/{listing.pk}/jawab/", {"heading_0": "trade"})
    run_jobs()

    listing.refresh_from_db()
    assert (report_of(listing)["unknown"], listing.attempt) == ([], 2)
    assert report_of(uploaded(officers_desk, content))["unknown"] == []
    assert [text for _, text in report_of(uploaded(desk, content))["unknown"]] == ["MATA PENCAHARIAN"]
    assert OwnHeading.objects.get().office_id == BOJONEGORO


def test_two_columns_cannot_mean_the_same(desk):
    columns = [*COLUMNS.values(), "KODE X", "KODE Y"]
    listing = uploaded(desk, book([columns, [*person(), "a", "b"], [], [SIGNED]]))

    answer = desk.post(f"/klien/impor/{listing.pk}/jawab/", {"heading_0": "note", "heading_1": "note"})

    assert (answer.status_code, OwnHeading.objects.count()) == (422, 0)


def test_headings_that_are_no_list_at_all_can_be_explained(desk):
    content = book(
        [
            ["ORANGNYA", "NOMOR IDENTITAS PRIBADI", "DAERAH TINGGAL"],
            ["Marsinah", nik(7), "Kab. Bojonegoro"],
            [],
            [SIGNED],
        ]
    )
    listing = uploaded(desk, content)
    assert listing.stage == Stage.UNREADABLE

    desk.post(f"/klien/impor/{listing.pk}/jawab/", {"heading_0": "name", "heading_1": "nik", "heading_2": "region"})
    run_jobs()

    listing.refresh_from_db()
    assert (listing.stage, listing.new) == (Stage.PREVIEW, 1)


def test_a_list_without_a_day_waits_until_somebody_says_it(desk):
    listing = uploaded(desk, listed(person(), signed="Tertanda"))
    assert listing.list_date is None
    assert decided(desk, listing).stage == Stage.PREVIEW

    desk.post(f"/klien/impor/{listing.pk}/jawab/", {"as_of": "26/08/2020"})
    run_jobs()
    listing.refresh_from_db()

    assert decided(desk, listing).stage == Stage.DONE
    assert Source.objects.get().list_date.isoformat() == "2020-08-26"


def test_data_that_changed_since_the_preview_show_the_preview_anew(desk):
    decided(desk, uploaded(desk, listed(person())))
    listing = uploaded(desk, listed(person(phone="0812-1111-2222")))
    Person.objects.update(phone="+6281333333333")
    before = dump()

    listing = decided(desk, listing)

    assert (listing.stage, listing.is_stale) == (Stage.PREVIEW, True)
    assert told(report_of(listing), "Telepon") == ["0813-3333-3333", "0812-1111-2222"]
    assert "Data berubah sejak pratinjau" in page(desk, listing)
    assert changed_since(before) == {}
    assert decided(desk, listing).stage == Stage.DONE


def test_left_means_that_nothing_is_kept(desk):
    listing = uploaded(desk, listed(person()))

    desk.post(f"/klien/impor/{listing.pk}/tinggalkan/")

    listing.refresh_from_db()
    assert listing.stage == Stage.DROPPED
    assert (listing.upload, listing.reading, listing.report, listing.rest) == (None, None, None, None)
    assert decided(desk, listing).stage == Stage.DROPPED
    assert Person.objects.count() == 0


def test_officers_bring_in_their_own_region_only(officers_desk):
    listing = uploaded(
        officers_desk,
        listed(person(), person(name="Sulastri", nik=nik(9), district="Rengel", village="", region="Kab. Tuban")),
    )

    [problem] = report_of(listing)["problems"]
    assert problem[1:3] == ["J3", "error"]
    assert "di luar wilayah Anda" in problem[3]
    assert decided(officers_desk, listing, "faultless").stage == Stage.DONE
    assert [p.name for p in Person.objects.all()] == ["Marsinah Rahayu"]


def test_a_nik_of_another_region_is_a_problem_at_its_cell(officers_desk, marsinah):
    listing = uploaded(officers_desk, listed(person(nik="3523026304800003", sex="P", birth="Tuban, 23-04-1980")))

    assert [p[1] for p in report_of(listing)["problems"]] == ["C2"]
    assert "sudah terdaftar di kab/kota lain; minta alih wilayah" in page(officers_desk, listing)
    assert "Rengel" not in page(officers_desk, listing)
    assert decided(officers_desk, listing, "faultless").stage == Stage.PREVIEW


def test_imports_are_seen_by_their_office_and_the_province(officers_desk, desk, stranger):
    listing = uploaded(officers_desk, listed(person()))

    assert OfficeBrowser(stranger).get(f"/klien/impor/{listing.pk}/").status_code == 404
    assert listing.name not in OfficeBrowser(stranger).get("/klien/impor/").content.decode()
    assert desk.get(f"/klien/impor/{listing.pk}/").status_code == 200
    assert OfficeBrowser(member("kadinsos.bojonegoro")).get("/klien/impor/").status_code == 403


def test_two_rows_without_a_nik_that_mean_one_person(desk):
    listing = uploaded(desk, listed(person(nik="", kk=""), person(nik="", kk="", note="lagi")))

    assert [p[1:3] for p in report_of(listing)["problems"]] == [["B3", "error"]]


def test_an_old_job_cannot_end_what_a_later_one_does(desk):
    send(desk, listed(person()))
    listing = Import.objects.get()
    Import.objects.update(attempt=2)

    run_jobs()

    listing.refresh_from_db()
    assert listing.stage == Stage.READING


def test_stages_follow_their_table(desk):
    listing = uploaded(desk, listed(person()))

    with pytest.raises(Exception, match=r"[Ii]nvalid transition"), connection.cursor() as cursor:
        cursor.execute("update intake_import set stage = 'undone' where id = %s", [listing.pk])


def test_what_the_database_says_of_a_row_is_not_kept_with_the_job(desk):
    listing = uploaded(desk, listed(person()))
    sql("alter table clients_person add constraint no_marsinah check (name not like 'Marsinah%%')")

    with pytest.raises(JobFailed, match=r"^no_marsinah$") as failed:
        decided(desk, listing)

    assert "Rahayu" not in "".join(format_exception(failed.value))
    assert (Person.objects.count(), Import.objects.get().stage) == (0, Stage.WRITING)
