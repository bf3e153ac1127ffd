"""The table of moves of a person, walked row by row with real requests."""

import pytest

from clients.lifecycle import BY_DECISION, LIFECYCLE, Status
from clients.models import Person
from ppks.kit import dates
from tests.factories import PersonFactory, moved
from tests.monitoring.independence.making import decided_ago
from tests.people import ONE_A_ROLE, member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

WAYS = {  # how one comes into each status; into those that can be undone, also the way back
    Status.NEW: (),
    Status.CLIENT: ("admit",),
    Status.FORMER_CLIENT: ("register_former",),
    Status.INDEPENDENT: ("register_former", "graduate"),
    Status.MOVED: ("register_former", "move_away"),
    Status.DECEASED: ("register_former", "die"),
    Status.LOST_CONTACT: ("register_former", "lose_contact"),
}
BY_HAND = [move for move in LIFECYCLE.moves.values() if move.permission != BY_DECISION]
TABLE = [(move.name, source) for move in BY_HAND for source in sorted(move.sources)]
CLOSED = [(move.name, status) for move in BY_HAND for status in Status.values if status not in move.sources]


def somebody(status: str, move: str = "") -> Person:
    way = WAYS[Status(status)]
    if move == "return_as_client":
        way = ("admit", *way[1:])
    if move == "return_as_independent":
        way = (way[0], "graduate", *way[1:])
    person = PersonFactory(name="Sulastri")
    for step in way:
        if step == "graduate":
            decided_ago(person, dates.today())
        person = moved(person, step) if step != "graduate" else Person.objects.get(pk=person.pk)
    return person


def ask_for(browser, person: Person, move: str) -> str:
    """The person's status after that request."""
    answer = browser.post(f"/klien/{person.pk}/langkah/{move}/", {"note": "Menurut surat keterangan."})
    assert (answer.status_code, answer.url) == (302, f"/klien/{person.pk}/")
    return Person.objects.get(pk=person.pk).status


@pytest.mark.parametrize(("move", "source"), TABLE)
def test_every_move_of_the_table_leads_where_it_says(browse, officer, move, source):
    assert ask_for(browse(officer), somebody(source, move), move) == LIFECYCLE.moves[move].target


@pytest.mark.parametrize("status", Status.values)
def test_from_any_other_status_the_move_changes_nothing(browse, officer, status):
    browser, person = browse(officer), somebody(status)

    after = {move: ask_for(browser, person, move) for move, closed in CLOSED if closed == status}

    assert after == {move: status for move, closed in CLOSED if closed == status}


@pytest.mark.parametrize(
    ("note", "sentence"),
    [(" ", "Tulis alasan untuk “Meninggal”."), ("Sakit.\x00", "Karakter null tidak diizinkan.")],
    ids=["none", "with a null character"],
)
def test_a_move_without_a_proper_note_changes_nothing_and_says_so(browse, officer, note, sentence):
    person, browser = somebody(Status.CLIENT), browse(officer)

    answer = browser.post(f"/klien/{person.pk}/langkah/die/", {"note": note}, follow=True)

    assert sentence in answer.content.decode()
    assert Person.objects.get().status == Status.CLIENT


@pytest.mark.parametrize("username", ONE_A_ROLE)
def test_only_registry_staff_change_a_status(browse, username):
    person = somebody(Status.NEW)

    answer = browse(member(username)).post(f"/klien/{person.pk}/langkah/admit/")

    allowed = username in {"provinsi", "bojonegoro"}
    assert answer.status_code == (302 if allowed else 403)
    assert Person.objects.get().status == (Status.CLIENT if allowed else Status.NEW)


@pytest.mark.parametrize("username", ONE_A_ROLE)
@pytest.mark.parametrize(("move", "status"), [("graduate", Status.FORMER_CLIENT), ("relapse", Status.INDEPENDENT)])
def test_no_role_makes_or_ends_independence_by_hand(browse, username, move, status):
    person = somebody(status)

    answer = browse(member(username)).post(f"/klien/{person.pk}/langkah/{move}/", {"note": "Sudah mampu."})

    assert answer.status_code == 403
    assert Person.objects.get().status == status


def test_a_move_that_nobody_knows_is_not_found(ngatini, browse, officer):
    assert browse(officer).post(f"/klien/{ngatini.pk}/langkah/promote/").status_code == 404
