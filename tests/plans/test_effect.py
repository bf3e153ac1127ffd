"""The effect of a plan, rule 1: a table of cases at each limit, and the sentences that go with them."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.plans.effect import RULES, Outcome, measure

BEGAN = date(2026, 3, 10)
BETTER, SAME, WORSE, NOT_YET = Outcome.BETTER, Outcome.SAME, Outcome.WORSE, Outcome.NOT_YET


@dataclass(frozen=True)
class Seen:
    on: date
    turnover: int | None = None
    operating: bool = True


def seen(*found):
    """(days after the plan began, turnover); None is not known, "tutup" is shut."""
    return [
        Seen(BEGAN + timedelta(days=days), None if what == "tutup" else what, what != "tutup") for days, what in found
    ]


def outcome(*visits, listed=()):
    return measure(seen(*listed), seen(*visits), began_on=BEGAN, on=BEGAN + timedelta(days=400)).outcome


CASES = {
    "nothing was ever seen": ((), NOT_YET),
    "no visit since": (((-5, 1000),), NOT_YET),
    "one visit since": (((-5, 1000), (30, 2000)), NOT_YET),
    "two visits, 10% up exactly": (((-5, 1000), (30, 900), (90, 1100)), BETTER),
    "two visits, just below 10% up": (((-5, 1000), (30, 2000), (90, 1099)), SAME),
    "two visits, unchanged": (((-5, 1000), (30, 1000), (90, 1000)), SAME),
    "two visits, just above 10% down": (((-5, 1000), (30, 500), (90, 901)), SAME),
    "two visits, 10% down exactly": (((-5, 1000), (30, 1100), (90, 900)), WORSE),
    "the second visit counts, not the last": (((-5, 1000), (30, 1000), (90, 1100), (150, 500)), BETTER),
    "a visit on the day itself is before": (((0, 1000), (30, 1000), (90, 1200)), BETTER),
    "a visit on the day itself is not after": (((-30, 500), (0, 1000), (30, 1200)), NOT_YET),
    "the last before the plan counts": (((-90, 5000), (-5, 1000), (30, 1000), (90, 1100)), BETTER),
    "before knows no turnover, the one before it does": (((-90, 1000), (-5, None), (30, 1), (90, 1100)), BETTER),
    "nothing before knows its turnover": (((-5, None), (30, 1000), (90, 2000)), NOT_YET),
    "the second visit knows no turnover": (((-5, 1000), (30, 1000), (90, None)), NOT_YET),
    "then the third takes its place": (((-5, 1000), (30, 1000), (90, None), (150, 1100)), BETTER),
    "the first may know none": (((-5, 1000), (30, None), (90, 900)), WORSE),
    "it was shut and runs again": (((-5, "tutup"), (30, "tutup"), (90, None), (120, 10)), BETTER),
    "it ran and is shut": (((-5, 1000), (30, 1000), (90, "tutup")), WORSE),
    "it was shut and still is": (((-5, "tutup"), (30, 100), (90, "tutup")), SAME),
    "it is shut at the first visit only": (((-5, 1000), (30, "tutup"), (90, 1000)), SAME),
    "from nothing to something": (((-5, 0), (30, 0), (90, 1)), BETTER),
    "from nothing to nothing": (((-5, 0), (30, 0), (90, 0)), SAME),
    "from something to nothing": (((-5, 1000), (30, 0), (90, 0)), WORSE),
}


@pytest.mark.parametrize("name", CASES)
def test_the_worked_cases_come_out_as_written(name):
    visits, expected = CASES[name]

    assert outcome(*visits) == expected


def test_a_list_tells_what_was_before_but_is_no_visit():
    assert outcome((30, 1000), (90, 1100), listed=((-200, 1000),)) == BETTER
    assert outcome((30, 1000), listed=((-200, 1000), (90, 1100))) == NOT_YET
    assert outcome((-5, 2000), (30, 1000), (90, 1100), listed=((-5, 1000),)) == WORSE


def test_what_comes_after_the_day_that_asks_is_not_known_yet():
    visits = seen((-5, 1000), (30, 1000), (90, 1100))

    told = [measure([], visits, began_on=BEGAN, on=BEGAN + timedelta(days=days)).outcome for days in (89, 90)]

    assert told == [NOT_YET, BETTER]


@pytest.mark.parametrize(
    ("visits", "sentence"),
    [
        (
            ((-5, 1_000_000), (30, 1), (90, 1_125_000)),
            "Omzet Rp1.000.000 (5 Maret 2026) menjadi Rp1.125.000 (8 Juni 2026), naik 12,5%; membaik mulai naik 10%.",
        ),
        (
            ((-5, 1_000_000), (30, 1), (90, 900_000)),
            "Omzet Rp1.000.000 (5 Maret 2026) menjadi Rp900.000 (8 Juni 2026), turun 10%; memburuk mulai turun 10%.",
        ),
        (
            ((-5, 1_000_000), (30, 1), (90, 1_099_999)),
            "Omzet Rp1.000.000 (5 Maret 2026) menjadi Rp1.099.999 (8 Juni 2026), naik 9,9%; belum berubah sejauh 10%.",
        ),
        (((-5, "tutup"), (30, 1), (90, 5)), "Tutup pada 5 Maret 2026, berjalan lagi pada 8 Juni 2026."),
        (((-5, 100), (30, 1), (90, "tutup")), "Berjalan pada 5 Maret 2026, tutup pada 8 Juni 2026."),
        (((-5, 100), (30, 1)), "Baru ada 1 kunjungan sesudah rencana dimulai; perlu 2."),
        (((-5, 100),), "Belum ada kunjungan sesudah rencana dimulai; perlu 2."),
        (((-5, 100), (30, 1), (90, None)), "Kunjungan sesudah rencana dimulai belum mengetahui omzetnya."),
        (((30, 1), (90, 2)), "Keadaan sebelum rencana tidak diketahui: belum ada omzetnya."),
    ],
)
def test_each_answer_has_a_sentence_to_check_by_hand(visits, sentence):
    effect = measure([], seen(*visits), began_on=BEGAN, on=BEGAN + timedelta(days=400))

    assert effect.reasons == (sentence,)
    assert effect.rule == max(RULES) == 1


VISITS = st.lists(
    st.builds(
        Seen,
        on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        turnover=st.none() | st.integers(0, 3_000_000),
        operating=st.booleans(),
    ),
    max_size=7,
)


@given(visits=VISITS, order=st.randoms())
def test_the_order_of_asking_never_matters(visits, order):
    shuffled = visits.copy()
    order.shuffle(shuffled)
    effects = [measure([], rows, began_on=BEGAN, on=date(2026, 12, 31)) for rows in (visits, shuffled)]

    assert effects[0].outcome == effects[1].outcome
    assert effects[0].reasons == effects[1].reasons


@given(visits=VISITS)
def test_a_visit_after_the_measured_one_changes_nothing(visits):
    effect = measure([], visits, began_on=BEGAN, on=date(2026, 12, 31))
    later = Seen(date(2027, 1, 5), 9_000_000)

    if effect.after is not None:
        assert measure([], [*visits, later], began_on=BEGAN, on=date(2027, 1, 5)).outcome == effect.outcome
