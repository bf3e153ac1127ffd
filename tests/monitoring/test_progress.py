"""Progress, rule 1: category, trend and sentences from what visits observed."""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring import progress
from monitoring.progress import Category, Trend

GOLDEN = json.loads((Path(__file__).parent.parent / "data" / "progress.json").read_text())
ON = date(2020, 8, 26)


@dataclass(frozen=True)
class Seen:
    on: date
    turnover: int | None = None
    profit: int | None = None
    workers: int | None = None
    operating: bool = True


def seen(*found):
    """Observations from (days before ON, turnover) pairs."""
    return [Seen(ON - timedelta(days=days), turnover) for days, turnover in found]


OBSERVATIONS = st.lists(
    st.builds(
        Seen,
        on=st.dates(date(2019, 1, 1), date(2021, 12, 31)),
        turnover=st.none() | st.integers(0, 5_000_000),
        workers=st.none() | st.integers(0, 5),
        operating=st.booleans(),
    ),
    max_size=6,
)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_the_worked_cases_come_out_as_written(case):
    observations = [Seen(**{**o, "on": date.fromisoformat(o["on"])}) for o in case["observations"]]
    result = progress.assess(observations, on=date.fromisoformat(case["on"]))
    assert {"category": result.category, "trend": result.trend} == case["expect"]
    assert result.rule == 1


@pytest.mark.parametrize(
    ("observations", "category"),
    [
        (seen((183, 100), (183, 200)), Category.GROWING),
        (seen((184, 100), (184, 200)), Category.UNKNOWN),
        (seen((90, 1000), (1, 900)), Category.DECLINING),
        (seen((90, 1000), (1, 901)), Category.STEADY),
        (seen((90, 1000), (1, 1099)), Category.STEADY),
        (seen((90, 1000), (1, 1100)), Category.GROWING),
        (seen((90, 1000), (50, 900), (1, 901)), Category.STEADY),
        (seen((90, 1000), (50, 901), (1, 900)), Category.STEADY),
        (seen((90, 1000), (50, 1099), (1, 1100)), Category.STEADY),
        (seen((151, 1000), (50, 1100), (1, 900)), Category.STAGNANT),
        (seen((151, 1000), (50, 1101), (1, 900)), Category.STEADY),
        (seen((150, 1000), (50, 1100), (1, 900)), Category.STEADY),
        (seen((151, 1000), (1, 1000)), Category.STEADY),
        (seen((90, 0), (50, 0), (1, 0)), Category.UNKNOWN),
        (seen((90, 1000), (50, 0), (1, 0)), Category.DECLINING),
    ],
)
def test_the_limits_are_exact(observations, category):
    assert progress.assess(observations, on=ON).category == category


@pytest.mark.parametrize(
    ("turnovers", "trend"),
    [
        ((1000, 900, 809), Trend.FLAT),
        ((1000, 899, 809), Trend.FALLING),
        ((1000, 1100, 1300), Trend.FLAT),
        ((1000, 1101, 1212), Trend.RISING),
        ((5000, 1000, 899, 809), Trend.FALLING),
        ((1000, 500), None),
        ((1000, 0, 500), Trend.FLAT),
        ((1000, 1000, 0, 0), Trend.FLAT),
    ],
)
def test_a_trend_needs_two_steps_of_more_than_ten_percent(turnovers, trend):
    observations = seen(*((90 - 10 * i, turnover) for i, turnover in enumerate(turnovers)))
    assert progress.assess(observations, on=ON).trend == trend


def test_more_workers_count_only_when_turnover_has_held():
    base, last = Seen(ON - timedelta(days=90), 1000, workers=1), Seen(ON, 1000, workers=2)
    assert progress.assess([base, last], on=ON).category == Category.GROWING
    assert progress.assess([base, replace(last, turnover=999)], on=ON).category == Category.STEADY
    assert progress.assess([base, replace(last, workers=None)], on=ON).category == Category.STEADY
    assert progress.assess([replace(base, workers=None), last], on=ON).category == Category.STEADY


def test_the_sentences_can_be_checked_by_hand():
    observations = [
        Seen(date(2025, 10, 14), 1_800_000),
        Seen(date(2025, 12, 15), 2_000_000),
        Seen(date(2026, 2, 12), 2_200_000),
        Seen(date(2026, 5, 14), 2_050_000),
        Seen(date(2026, 8, 18), 1_600_000),
        Seen(date(2026, 11, 12), 1_400_000),
    ]
    assert progress.assess(observations, on=date(2026, 11, 23)) == progress.Assessment(
        category=Category.DECLINING,
        trend=Trend.FALLING,
        reasons=(
            "Omzet terakhir Rp1.400.000 per bulan (12 November 2026), 22,2% di bawah omzet awal "
            "Rp1.800.000 (14 Oktober 2025).",
            "Omzet sebelumnya, Rp1.600.000 (18 Agustus 2026), juga sedikitnya 10% di bawah awal.",
            "Dua kali turun berturut-turut: 21,9% dari Rp2.050.000 (14 Mei 2026), lalu 12,5% dari "
            "Rp1.600.000 (18 Agustus 2026).",
        ),
        rule=1,
        measures=progress.Measures(
            figures=6,
            base=1_800_000,
            base_on=date(2025, 10, 14),
            last=1_400_000,
            last_on=date(2026, 11, 12),
            change_percent=-22,
        ),
        valid_until=date(2027, 5, 14),
    )


@pytest.mark.parametrize(
    ("observations", "reasons"),
    [
        ([], ("Belum ada kunjungan sampai 26 Agustus 2020.",)),
        (
            [Seen(date(2020, 7, 10), 0, operating=False)],
            ("Kunjungan terakhir, 10 Juli 2020, mendapati usaha tutup.",),
        ),
        (
            [Seen(date(2020, 1, 10), 900_000)],
            ("Keterangan terakhir, 10 Januari 2020, lebih dari 183 hari sebelum 26 Agustus 2020.",),
        ),
        (
            [Seen(date(2020, 6, 1), 900_000), Seen(date(2020, 7, 1))],
            ("Baru ada satu angka omzet, Rp900.000 (1 Juni 2020); perlu sedikitnya dua untuk dibandingkan.",),
        ),
        (
            [Seen(date(2020, 6, 1), 0)],
            ("Belum ada angka omzet di atas nol; perlu sedikitnya dua untuk dibandingkan.",),
        ),
        (
            [Seen(date(2020, 6, 1), 1_000_000, workers=0), Seen(date(2020, 8, 1), 1_000_000, workers=2)],
            (
                "Omzet terakhir Rp1.000.000 per bulan (1 Agustus 2020), sama dengan omzet awal "
                "Rp1.000.000 (1 Juni 2020).",
                "Tenaga kerja bertambah dari 0 orang (1 Juni 2020) menjadi 2 orang (1 Agustus 2020), "
                "dan omzet tidak di bawah awal.",
            ),
        ),
        (
            [Seen(date(2020, 1, 10), 1_000_000), Seen(date(2020, 4, 10), 1_050_000), Seen(date(2020, 7, 10), 980_000)],
            (
                "Omzet terakhir Rp980.000 per bulan (10 Juli 2020), 2% di bawah omzet awal "
                "Rp1.000.000 (10 Januari 2020).",
                "Tiga omzet terakhir berselisih paling banyak 10% dari Rp1.000.000 (10 Januari 2020) selama 182 hari: "
                "Rp1.050.000 (10 April 2020), Rp980.000 (10 Juli 2020).",
            ),
        ),
        (
            [
                Seen(date(2020, 6, 10), 1_000_000),
                Seen(date(2020, 6, 30), 1_000_000),
                Seen(date(2020, 7, 25), 1_000_001),
            ],
            (
                "Omzet terakhir Rp1.000.001 per bulan (25 Juli 2020), kurang dari 0,1% di atas omzet awal "
                "Rp1.000.000 (10 Juni 2020).",
                "Belum memenuhi ukuran berkembang, stagnan, atau tidak berkembang.",
                "Tiga omzet terakhir hampir sama, tetapi baru 45 hari; perlu 150.",
            ),
        ),
        (
            [Seen(date(2020, 1, 10), 1_000_000), Seen(date(2020, 4, 10), 1_200_000), Seen(date(2020, 7, 10), 850_000)],
            (
                "Omzet terakhir Rp850.000 per bulan (10 Juli 2020), 15% di bawah omzet awal "
                "Rp1.000.000 (10 Januari 2020).",
                "Belum memenuhi ukuran berkembang, stagnan, atau tidak berkembang.",
                "Omzet sebelumnya, Rp1.200.000 (10 April 2020), belum sejauh itu; satu angka saja belum cukup.",
            ),
        ),
    ],
)
def test_every_category_says_why(observations, reasons):
    assert progress.assess(observations, on=ON).reasons == reasons


@pytest.mark.parametrize(
    ("observations", "needs_help"),
    [
        (seen((90, 1000), (1, 900)), True),
        (seen((151, 1000), (50, 1000), (1, 1000)), True),
        ([Seen(ON, operating=False)], True),
        (seen((90, 1000), (60, 3000), (30, 2400), (1, 1900)), True),
        (seen((90, 1000), (1, 1000)), False),
        (seen((90, 1000), (1, 1100)), False),
        (seen((400, 3000), (300, 2000), (200, 1000)), False),
        ([], False),
    ],
)
def test_help_is_for_the_stagnant_the_declining_the_closed_and_the_falling(observations, needs_help):
    assert progress.assess(observations, on=ON).needs_help is needs_help


def test_a_category_holds_for_183_days_and_being_shut_until_it_is_found_open():
    open_shop, shut_shop = seen((90, 1000), (10, 1000)), [Seen(ON, operating=False)]
    result = progress.assess(open_shop, on=ON)
    assert result.valid_until == ON + timedelta(days=173)
    assert progress.assess(open_shop, on=result.valid_until).category == Category.STEADY
    assert progress.assess(open_shop, on=result.valid_until + timedelta(days=1)).category == Category.UNKNOWN
    assert progress.assess(shut_shop, on=ON).valid_until is None
    assert progress.assess(shut_shop, on=ON + timedelta(days=1000)).category == Category.CLOSED
    assert progress.assess([], on=ON).valid_until is None


def test_another_version_of_the_rule_has_its_own_thresholds():
    strict = replace(progress.RULES[1], version=2, growth_percent=50)
    observations = seen((90, 1000), (1, 1400))
    assert progress.assess(observations, on=ON).category == Category.GROWING
    result = progress.assess(observations, on=ON, rule=strict)
    assert (result.category, result.rule) == (Category.STEADY, 2)


def test_labels_are_the_offices_words():
    assert Category.labels == ["Berkembang", "Biasa saja", "Stagnan", "Tidak berkembang", "Tutup", "Belum diketahui"]
    assert Trend.labels == ["Naik", "Datar", "Menurun"]


@given(OBSERVATIONS)
def test_what_comes_after_the_day_is_ignored(observations):
    past = [o for o in observations if o.on <= ON]
    assert progress.assess(observations, on=ON) == progress.assess(past, on=ON)


@given(OBSERVATIONS.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_observations_does_not_matter(pair):
    observations, shuffled = pair
    assert progress.assess(observations, on=ON) == progress.assess(iter(shuffled), on=ON)


@given(OBSERVATIONS)
def test_there_is_always_a_sentence_that_ends(observations):
    reasons = progress.assess(observations, on=ON).reasons
    assert reasons
    assert all(reason.endswith(".") for reason in reasons)


@given(OBSERVATIONS, st.integers(0, 400))
def test_time_alone_changes_a_category_only_to_unknown_and_only_past_its_validity(observations, days):
    past, later = [o for o in observations if o.on <= ON], ON + timedelta(days=days)
    now, then = progress.assess(past, on=ON), progress.assess(past, on=later)
    has_lapsed = now.valid_until is not None and later > now.valid_until
    assert then.category == (Category.UNKNOWN if has_lapsed else now.category)
