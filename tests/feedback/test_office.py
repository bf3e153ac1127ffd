"""The office's side: who sees which report, its way, its answer, and the contact that is opened for a reason."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring.feedback.models import ContactLook, Feedback, FeedbackAnswer, FeedbackNote, FeedbackStep
from monitoring.meetings.agenda import agenda
from ppks.inbox.models import Notice
from ppks.kit import dates
from tests.crawling import body, rows_of_csv, rows_of_xlsx
from tests.feedback.making import moved, report
from tests.meetings.making import meeting
from tests.office import door, refused
from tests.people import BOJONEGORO, TUBAN, member
from tests.test_figures import Walk

pytestmark = pytest.mark.django_db
SECRET = "Uang saya dipotong oleh seseorang."
SENSITIVE = [{"kind": "deduction"}, {"kind": "abuse"}, {"wants_secrecy": True}]
CONTACT = {"name": "Bu Parti", "contact": "0812-1111-2222"}


def seen_by(user) -> set[int]:
    """What a view that forgets every filter reads."""
    with door(user):
        return set(Feedback.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("given", SENSITIVE)
@pytest.mark.parametrize(
    "who",
    ["bojonegoro", "kadinsos.bojonegoro", "tuban", "provinsi", "verifikator", "pptk", "bendahara", "upt", "mitra"],
)
def test_a_sensitive_one_is_seen_by_nobody_but_the_head(browse, given, who):
    secret = report(text=SECRET, **given)
    user = member(who)

    assert browse(user).get(f"/pengaduan/masuk/{secret.pk}/").status_code in {403, 404}
    for place in ("", "langkah/take/", "jawab/", "catatan/", "pelapor/", "penangan/"):
        for method in ("get", "post"):
            answer = getattr(browse(user), method)(f"/pengaduan/masuk/{secret.pk}/{place}", {"note": "x" * 20})
            assert answer.status_code in {403, 404, 405}
            assert SECRET not in answer.content.decode()
    if who not in {"upt", "mitra"}:
        assert seen_by(user) == set()
    assert seen_by(member("kepala")) == {secret.pk}


def test_neither_are_its_steps_answers_notes_and_looks(province, head):
    secret = moved(report(kind="abuse", text=SECRET), "take", by=head)
    FeedbackAnswer.objects.create(feedback=secret, text="Jawaban rahasia", by=head, key=uuid.uuid4())
    FeedbackNote.objects.create(feedback=secret, text="Catatan rahasia", by=head, key=uuid.uuid4())
    ContactLook.objects.create(feedback=secret, reason="Alasan rahasia", by=head)
    parts = (FeedbackStep, FeedbackAnswer, FeedbackNote, ContactLook)

    with door(province):
        assert [part.objects.count() for part in parts] == [0, 0, 0, 0]
    with door(head):
        assert [part.objects.count() for part in parts] == [1, 1, 1, 1]
    with door(province, write=True), refused("row-level security"):
        FeedbackNote.objects.create(feedback=secret, text="Dari luar", by=province, key=uuid.uuid4())


def test_the_head_entrusts_it_to_one_of_the_provinces_staff(browse, head, province, officer):
    secret = report(kind="abuse", text=SECRET)
    place = f"/pengaduan/masuk/{secret.pk}/"

    refused_choice = browse(head).post(f"{place}penangan/", {"handler": str(officer.pk)})
    browse(head).post(f"{place}penangan/", {"handler": str(province.pk)})

    assert refused_choice.status_code == 422
    assert SECRET in browse(province).get(place).content.decode()
    assert seen_by(member("verifikator")) == set()
    browse(head).post(f"{place}penangan/", {"handler": ""})
    assert browse(province).get(place).status_code == 404


def test_nobody_but_the_head_entrusts_and_only_to_staff(head, province, officer):
    plain, secret = report(), report(kind="abuse", text=SECRET)

    with door(province, write=True), refused("Hanya kepala dinas"):
        Feedback.objects.filter(pk=plain.pk).update(entrusted_to=province)
    with door(head, write=True), refused("Penangan harus staf provinsi"):
        Feedback.objects.filter(pk=secret.pk).update(entrusted_to=officer)


def test_an_officer_sees_his_own_kab_kota_but_nothing_about_his_own_office(browse, officer, regional_head, province):
    own, office = report(), report(about="region", text="Petugasnya tidak pernah ada di kantor.")
    report(region=TUBAN)
    report(region=None, text="Tanpa kab/kota sama sekali.")

    for user in (officer, regional_head):
        assert seen_by(user) == {own.pk}
        assert browse(user).get(f"/pengaduan/masuk/{office.pk}/").status_code == 404
        assert [row[0].pk for row in browse(user).get("/pengaduan/masuk/").context["rows"]] == [own.pk]
    assert len(seen_by(province)) == 4


def test_the_auditor_sees_that_it_is_there_and_not_what_it_says(browse, auditor):
    secret = report(kind="abuse", text=SECRET, **CONTACT)

    page = browse(auditor).get(f"/pengaduan/masuk/{secret.pk}/").content.decode()
    listed = browse(auditor).get("/pengaduan/masuk/").content.decode()

    assert "Kekerasan atau pelecehan" in page
    assert "Kekerasan atau pelecehan" in listed
    assert [word for word in (SECRET, "Parti", "0812") if word in page + listed] == []
    for hidden in ("text", "name", "contact", "secret_digest"):
        with door(auditor), refused("permission denied"):
            list(Feedback.objects.values_list(hidden))


def test_files_say_nothing_of_who_sent_it_and_what_it_says(browse, head):
    report(kind="abuse", text=SECRET, **CONTACT)
    report(**CONTACT)

    files = [body(browse(head).get(f"/unduh/pengaduan.{form}")) for form in ("csv", "xlsx")]

    assert files[0].decode("utf-8-sig").splitlines()[0] == "NO,TIKET,DITERIMA,JENIS,TENTANG,KAB/KOTA,KEADAAN"
    assert len(files[0].decode("utf-8-sig").splitlines()) == 3
    assert [word for word in (b"Parti", b"0812", SECRET.encode()) for file in files if word in file] == []


def test_a_contact_is_opened_for_a_reason_and_that_is_written_down(browse, officer):
    own = report(**CONTACT)
    place, browser = f"/pengaduan/masuk/{own.pk}/", browse(officer)

    before = browser.get(place).content.decode()
    without = browser.post(f"{place}pelapor/", {"reason": "ya"})
    opened = browser.post(f"{place}pelapor/", {"reason": "Menanyakan alamat kejadian."})

    assert "Parti" not in before
    assert without.status_code == 422
    assert "Bu Parti" in opened.content.decode()
    look = ContactLook.objects.get()
    assert (look.feedback, look.by, look.reason) == (own, officer, "Menanyakan alamat kejadian.")
    assert "Menanyakan alamat kejadian." in browser.get(place).content.decode()


def test_an_answer_carries_it_there_and_is_stored_once(browse, officer):
    own = report()
    place, form = (
        f"/pengaduan/masuk/{own.pk}/jawab/",
        {"key": str(uuid.uuid4()), "text": "Alat kami perbaiki pekan ini."},
    )

    answers = [browse(officer).post(place, form).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Feedback.objects.get(pk=own.pk).status == "answered"
    assert FeedbackAnswer.objects.count() == 1
    assert [step.move for step in FeedbackStep.objects.all()] == ["take", "answer"]


def test_it_is_closed_reopened_and_answered_anew(browse, province):
    own = report()
    place, browser = f"/pengaduan/masuk/{own.pk}", browse(province)

    def say(text):
        return browser.post(f"{place}/jawab/", {"key": str(uuid.uuid4()), "text": text})

    say("Alat kami perbaiki pekan ini.")
    browser.post(f"{place}/langkah/close/")
    late = say("Tambahan sesudah selesai.")
    browser.post(f"{place}/langkah/reopen/", {"note": "Alatnya rusak lagi."})
    say("Alatnya kami ganti dengan yang baru.")

    assert "Buka kembali sebelum menjawab lagi." in late.content.decode()
    assert Feedback.objects.get(pk=own.pk).status == "answered"
    assert FeedbackAnswer.objects.count() == 2


def test_it_is_not_answered_without_an_answer(province):
    own = moved(report(), "take", by=province)

    with pytest.raises(Exception, match="Tulis jawaban untuk pelapor dahulu"):
        moved(own, "answer", by=province)
    with door(province, write=True), refused("Keadaan berubah hanya melalui langkah"):
        Feedback.objects.filter(pk=own.pk).update(status="answered", version=2)


def test_dismissing_needs_a_reason(browse, province):
    own = report()

    browse(province).post(f"/pengaduan/masuk/{own.pk}/langkah/dismiss/", {"note": ""})
    assert Feedback.objects.get(pk=own.pk).status == "new"
    browse(province).post(f"/pengaduan/masuk/{own.pk}/langkah/dismiss/", {"note": "Iklan."})
    assert Feedback.objects.get(pk=own.pk).status == "closed"


@pytest.mark.parametrize("place", ["jawab", "catatan"])
def test_nul_bytes_and_huge_words_get_a_sentence(browse, province, place):
    own = report()

    for text in ("Alat\x00kami perbaiki.", "x" * 4_001, ""):
        answer = browse(province).post(f"/pengaduan/masuk/{own.pk}/{place}/", {"key": str(uuid.uuid4()), "text": text})
        assert answer.status_code == 422


def test_what_waits_and_may_be_discussed_is_on_the_agenda(province, head):
    plain = report()
    for given in (*SENSITIVE, {"about": "region"}):
        report(**given)
    moved(report(text="Yang ini sudah selesai ditangani."), "dismiss", by=province)

    of = meeting(BOJONEGORO)
    for user in (province, head):
        with door(user):
            assert [line.handle for line in agenda(of, user, dates.today())] == [f"pengaduan-{plain.pk}"]


def test_the_list_asks_as_much_for_one_row_as_for_fifty(browse, head):
    browser, counts = browse(head), []
    for number in (1, 49):
        for _ in range(number):
            report()
        browser.get("/pengaduan/masuk/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/pengaduan/masuk/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


@pytest.mark.long
@pytest.mark.parametrize("who", ["provinsi", "kepala", "bojonegoro", "kadinsos.bojonegoro", "auditor"])
def test_every_number_is_the_number_of_rows_it_opens(browse, who, head):
    for region in (BOJONEGORO, TUBAN, None):
        for given in ({}, {"kind": "suggestion"}, {"kind": "abuse"}, {"about": "region"}):
            report(region=region, **given)
    moved(Feedback.objects.filter(kind="suggestion").first(), "take", by=head)
    walk = Walk(browse(member(who)))

    walk.check("/pengaduan/masuk/")
    asked = walk.check_files("csv", rows_of_csv) + walk.check_files("xlsx", rows_of_xlsx)

    assert walk.wrong == []
    assert asked > 6


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"kind": "abuse"}, {"kepala"}),
        ({"wants_secrecy": True}, {"kepala"}),
        ({}, {"bojonegoro"}),
        ({"about": "region"}, {"provinsi"}),
        ({"region": None}, {"provinsi"}),
    ],
)
def test_who_may_read_a_new_one_is_told_and_nobody_else(given, told):
    for name in ("kepala", "provinsi", "bojonegoro", "tuban", "auditor"):
        member(name)

    one = report(**given)

    notices = Notice.objects.filter(key=f"pengaduan-{one.pk}")
    assert set(notices.values_list("user__username", flat=True)) - {"sistem"} == told
