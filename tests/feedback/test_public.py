"""A stranger leaves a report and reads its answer: once, without cookie or script, and nothing else of the office."""

import re
import time

import pytest
from django.core import signing

from monitoring.feedback.models import Attempt, Feedback, FeedbackAnswer, FeedbackNote, Salt
from monitoring.feedback.public_forms import SALT, TOO_FAST, TOO_LATE, TRAPPED, new_pass
from monitoring.feedback.words import read_secret, secret_digest
from ppks.kit.doors import PasserBy
from tests.feedback.making import WORDS, moved, received
from tests.office import column, door, refused, sql
from tests.people import BOJONEGORO

pytestmark = pytest.mark.django_db
LIMIT = 5


def opened(ago: float = 10, nonce: str = "a" * 32) -> str:
    """The pass of a form that was opened so many seconds ago."""
    return signing.dumps([nonce, time.time() - ago], salt=SALT)


def typed(ago: float = 10, **changes):
    """A form as somebody fills it in, so many seconds after the page was opened."""
    return {"kind": "complaint", "text": WORDS, "about": "aid", "region": "35.22", "sent": opened(ago)} | changes


def receipt_of(answer) -> list[str]:
    return re.findall(r'<dd class="secret">([^<]+)</dd>', answer.content.decode())


def test_a_stranger_leaves_a_report_and_takes_number_and_secret_along(browse):
    browser = browse()
    page = browser.get("/pengaduan/")
    answer = browser.post("/pengaduan/", typed(name="Bu Parti", contact="0812-1111-2222"))

    ticket, secret = receipt_of(answer)
    stored = Feedback.objects.get()
    assert (page.status_code, answer.status_code) == (200, 200)
    assert (stored.shown_ticket, stored.kind, stored.region_id, stored.status) == (
        ticket,
        "complaint",
        BOJONEGORO,
        "new",
    )
    assert stored.secret_digest == secret_digest(stored.ticket, secret)
    assert (stored.text.reveal(), stored.name.reveal(), stored.contact.reveal()) == (
        WORDS,
        "Bu Parti",
        "0812-1111-2222",
    )


def test_no_cookie_is_set_and_no_script_is_needed(browse):
    browser = browse(enforce_csrf_checks=True)

    answers = [browser.get("/pengaduan/"), browser.post("/pengaduan/", typed()), browser.get("/pengaduan/cek/")]

    assert [answer.status_code for answer in answers] == [200] * 3
    assert [answer.cookies.output() for answer in answers] == [""] * 3
    assert [answer for answer in answers if b"<script" in answer.content] == []


def test_words_name_and_contact_lie_sealed(browse):
    browse().post("/pengaduan/", typed(name="Bu Parti", contact="0812-1111-2222"))

    row = str(sql("select * from feedback_feedback"))

    assert [word for word in ("Mesin", "Parti", "0812") if word in row] == []


def test_name_contact_and_place_may_stay_empty(browse):
    assert browse().post("/pengaduan/", typed(region="")).status_code == 200

    stored = Feedback.objects.get()
    assert (stored.region, stored.name, stored.contact) == (None, None, None)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Tulis apa yang terjadi."),
        ({"text": "pendek"}, "Tulis sedikit lebih panjang"),
        ({"text": "x" * 4_001}, "Paling panjang 4.000 huruf."),
        ({"text": "Ada \x00 di tengah kata"}, "nul"),
        ({"name": "a\x00b"}, "nul"),
        ({"kind": ""}, "Pilih salah satu."),
        ({"kind": "sihir"}, "pilihan"),
        ({"about": ""}, "Pilih salah satu."),
        ({"region": "99.99"}, "pilihan"),
        ({"contact": "9" * 201}, "200"),
        ({"website": "http://spam.example"}, TRAPPED),
        ({"ago": 1}, TOO_FAST),
        ({"ago": 25 * 3600}, TOO_LATE),
        ({"sent": "palsu"}, TOO_LATE),
        ({"sent": ""}, "kosong"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_the_words_are_kept(browse, changes, sentence):
    answer = browse().post("/pengaduan/", typed(**changes))

    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert "text" in changes or WORDS in html
    assert Feedback.objects.count() == 0


def test_a_page_left_open_too_long_counts_when_it_is_sent_again(browse):
    late = browse().post("/pengaduan/", typed(ago=25 * 3600))
    sent = re.search(r'name="sent" value="([^"]+)"', late.content.decode())[1]
    nonce, at = signing.loads(sent, salt=SALT)

    again = browse().post("/pengaduan/", typed(sent=signing.dumps([nonce, at - 10], salt=SALT)))

    assert (again.status_code, Feedback.objects.count()) == (200, 1)


@pytest.mark.parametrize("size", [70_000, 3_000_000])
def test_a_huge_one_is_too_large_and_says_so(browse, size):
    answer = browse().post("/pengaduan/", typed(text="x" * size))

    assert answer.status_code == 413
    assert "Paling panjang 4.000 huruf" in answer.content.decode()
    assert Feedback.objects.count() == 0


def test_the_same_form_twice_is_one_report_with_the_same_receipt(browse):
    form = typed()

    first, second = (receipt_of(browse().post("/pengaduan/", form)) for _ in range(2))

    assert first == second != []
    assert Feedback.objects.count() == 1


def test_other_words_from_the_same_page_are_another_report(browse):
    receipts = [receipt_of(browse().post("/pengaduan/", typed(text=f"{WORDS} Lagi {n}."))) for n in range(2)]

    assert receipts[0] != receipts[1]
    assert Feedback.objects.count() == 2


def test_an_address_that_sends_too_much_waits_and_keeps_its_words(browse):
    for number in range(LIMIT):
        received(address="127.0.0.1", text=f"{WORDS} {number}")

    late = browse().post("/pengaduan/", typed())
    other = browse(REMOTE_ADDR="10.9.8.7").post("/pengaduan/", typed())

    assert (late.status_code, other.status_code) == (429, 200)
    assert "Terlalu banyak laporan dalam waktu singkat" in late.content.decode()
    assert WORDS in late.content.decode()
    assert Feedback.objects.count() == LIMIT + 1


def test_all_addresses_together_have_a_limit_too(browse):
    sender = bytes(32)
    Attempt.objects.bulk_create(Attempt(sender=sender, act="send") for _ in range(300))

    assert browse().post("/pengaduan/", typed()).status_code == 429


def test_no_address_is_kept_and_yesterdays_salt_is_gone(browse):
    old = Salt.objects.create(day="2026-01-01", salt=b"old")

    browse(REMOTE_ADDR="10.9.8.7").post("/pengaduan/", typed())

    assert not Salt.objects.filter(pk=old.pk).exists()
    assert len(bytes(Attempt.objects.get().sender)) == 32
    assert "10.9.8.7" not in str(sql("select * from feedback_attempt")) + str(sql("select * from feedback_feedback"))


def test_number_and_secret_show_the_answer_and_no_note(browse, head):
    receipt = received()
    report = moved(Feedback.objects.get(), "take", by=head)
    FeedbackNote.objects.create(feedback=report, text="Catatan di dalam", by=head, key="1" * 32)
    FeedbackAnswer.objects.create(feedback=report, text="Alat kami perbaiki.", by=head, key="2" * 32)
    moved(report, "answer", by=head, note="Langkah di dalam")

    typed_by_hand = {"ticket": f" {receipt.shown_ticket} ", "secret": receipt.secret.replace("-", " ").upper()}
    html = browse().post("/pengaduan/cek/", typed_by_hand).content.decode()

    assert "Sudah kami jawab." in html
    assert "Alat kami perbaiki." in html
    assert [word for word in ("di dalam", WORDS, "Hendro", receipt.secret) if word in html] == []


@pytest.mark.parametrize(
    "wrong", [{"secret": "padi-padi-00"}, {"ticket": "0000-0000"}, {"secret": "x\x00"}, {"ticket": "12"}]
)
def test_any_other_pair_says_only_that_it_does_not_match(browse, wrong):
    receipt = received()

    answer = browse().post("/pengaduan/cek/", {"ticket": receipt.ticket, "secret": receipt.secret} | wrong)

    assert answer.status_code == 422
    assert "terima" not in answer.context["form"].errors.as_text()
    assert answer.context["standing"] is None


def test_guessing_ends_after_ten_tries_also_with_the_right_one(browse):
    receipt = received()
    guesses = [{"ticket": receipt.ticket, "secret": f"padi-padi-{number:02d}"} for number in range(10)]
    for guess in guesses:
        with door(PasserBy(), write=True):
            sql("select feedback_status('127.0.0.1', %s, %s)", guess["ticket"], guess["secret"])

    right = browse().post("/pengaduan/cek/", {"ticket": receipt.ticket, "secret": receipt.secret})

    assert right.status_code == 429
    assert "Terlalu sering salah." in right.content.decode()


def test_the_public_role_reads_no_table_and_calls_no_inner_function():
    received()
    for table in ("feedback", "feedbackanswer", "feedbacknote", "feedbackstep", "contactlook", "salt", "attempt"):
        with door(PasserBy(), write=True), refused("permission denied"):
            sql(f"select * from feedback_{table}")
    for call in ("feedback_sender('x')", "feedback_too_many('x', 'send', 0, 0, 0)"):
        with door(PasserBy(), write=True), refused("permission denied"):
            sql(f"select {call}")
    with door(PasserBy(), write=True), refused("permission denied"):
        sql("update feedback_feedback set status = 'closed'")


@pytest.mark.parametrize("username", ["bojonegoro", "provinsi", "mitra"])
def test_no_office_role_calls_the_public_functions(username, request):
    user = request.getfixturevalue({"bojonegoro": "officer", "provinsi": "province", "mitra": "partner"}[username])

    with door(user, write=True), refused("permission denied"):
        sql("select feedback_status('x', 'y', 'z')")


def test_the_function_itself_refuses_what_the_form_would():
    with door(PasserBy(), write=True), refused("feedback_kind_is_known"):
        sql(
            "select submit_feedback('x', %s)",
            '{"ticket": "1", "secret": "s", "form": "f", "kind": "x", "about": "aid", "wants_secrecy": false, "text": "t"}',
        )


def test_a_poster_fills_in_the_kab_kota(browse, officer):
    page = browse(officer).get("/pengaduan/poster/?kab=35.22")

    assert page.status_code == 200
    assert "<svg" in page.content.decode()
    assert browse().get("/pengaduan/?kab=35.22").context["form"].initial["region"] == "35.22"


def test_secrets_are_read_however_they_are_written():
    assert {read_secret(text) for text in ("padi-sungai-07", " Padi  sungai 07", "PADI.SUNGAI.07")} == {
        "padi-sungai-07"
    }
    assert new_pass() != new_pass()


def test_secrets_do_not_follow_from_the_number():
    receipts = [received(text=f"{WORDS} {number}") for number in range(20)]

    assert len({receipt.secret for receipt in receipts}) > 15
    assert len(column("select distinct ticket from feedback_feedback")) == 20
