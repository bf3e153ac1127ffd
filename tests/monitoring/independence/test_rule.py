"""The rule of independence: the table of worked cases at each limit, and what no evidence can do."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.independence.facts import FRESH_MONTHS
from monitoring.independence.rule import (
    RULES,
    Agreement,
    Evidence,
    Figure,
    HomeVisit,
    Household,
    Yardstick,
    findings,
    last_known,
    missing,
)

TABLE = json.loads((Path(__file__).parents[2] / "data" / "independence.json").read_text(encoding="utf-8"))
AID = {"none": False, "received": True, "unknown": None}
day = date.fromisoformat


def evidence_of(told: dict) -> Evidence:
    """What a case of the table tells, as the rule takes it."""
    wages, lines = ([Yardstick(day(since), *rest) for since, *rest in told[kind]] for kind in ("wages", "lines"))
    home = told["household"]
    return Evidence(
        category=told["category"],
        trend=told["trend"],
        seen_on=told["seen_on"] and day(told["seen_on"]),
        figures=[
            Figure(day(on), profit, last_known(wages, day(on)), last_known(lines, day(on)))
            for on, profit in told["figures"]
        ],
        household=home
        and Household(
            day(home["on"]),
            home["size"],
            home["other_income"],
            AID[home["aid"]],
            day(home["aid_on"]) if "aid_on" in home else None,
        ),
        aids=[day(each) for each in told["aids"]],
        agreement=told["agreement"] and Agreement(day(told["agreement"][0]), told["agreement"][1]),
        home_visit=told["home_visit"] and HomeVisit(day(told["home_visit"][0]), told["home_visit"][1]),
        proposer=told["proposer"],
    )


@pytest.mark.parametrize("case", TABLE["cases"], ids=[case["name"] for case in TABLE["cases"]])
def test_the_table_of_worked_cases(case):
    told = TABLE["base"] | case["change"]
    evidence, on, rule = evidence_of(told), day(told["on"]), RULES[TABLE["rule"]]

    found = findings(evidence, on=on, rule=rule)

    assert [one.condition for one in found if not one.holds] == case["missing"]
    sentences = list(missing(evidence, on=on, rule=rule))
    assert sentences == [one.sentence for one in found if not one.holds]
    assert case.get("says", "") in " ".join(sentences)
    assert all(one.sentence.endswith(".") for one in found)


def test_the_table_has_at_least_twenty_cases_with_names_of_their_own():
    names = [case["name"] for case in TABLE["cases"]]

    assert len(names) == len(set(names)) >= 20


def test_what_holds_says_since_when_and_by_which_yardstick():
    told = TABLE["base"]

    _, income, *_ = findings(evidence_of(told), on=day(told["on"]))

    assert income.since == day("2026-09-11")
    assert income.sentence == (
        "Laba usaha dan penghasilan lain mencapai UMK, kunjungan sejak 11 September 2026 sampai 10 November 2026 "
        "(UMK Kab. Bojonegoro 2026 Rp2.685.983; garis kemiskinan September 2024 Rp547.751)."
    )


DAYS = st.dates(min_value=day("2026-01-01"), max_value=day("2026-12-31"))
AMOUNTS = st.none() | st.integers(0, 4_000_000)
FIGURES = st.lists(
    st.builds(
        Figure, on=DAYS, profit=AMOUNTS, operating=st.booleans(),
        wage=st.none() | st.just(Yardstick(day("2026-01-01"), "UMK 2026", 2_685_983)),
        line=st.none() | st.just(Yardstick(day("2025-02-01"), "garis kemiskinan", 547_751)),
    ),
    max_size=6,
)  # fmt: skip
HOUSEHOLDS = st.builds(
    Household,
    on=DAYS,
    size=st.integers(1, 6),
    other_income=st.integers(0, 3_000_000),
    aid=st.sampled_from([False, None]),
)
EVIDENCE = st.builds(
    Evidence,
    category=st.sampled_from(["growing", "steady", "stagnant", "unknown"]),
    trend=st.sampled_from(["", "flat", "falling"]),
    seen_on=st.none() | DAYS,
    figures=FIGURES,
    household=st.none() | HOUSEHOLDS,
    aids=st.lists(DAYS, max_size=2),
    agreement=st.none() | st.builds(Agreement, on=DAYS, agrees=st.booleans()),
    home_visit=st.none() | st.builds(HomeVisit, on=DAYS, by=st.integers(1, 2)),
    proposer=st.just(1),
)  # fmt: skip


@given(evidence=EVIDENCE, on=DAYS)
def test_every_condition_is_answered_once_and_nothing_holds_without_dated_fresh_evidence(evidence, on):
    found = findings(evidence, on=on)

    assert len({one.condition for one in found}) == len(found) == 5
    for one in found:
        assert (one.since is not None) == one.holds
        assert not one.holds or one.since <= on <= one.since + timedelta(days=184)


@given(evidence=EVIDENCE, on=DAYS)
def test_what_is_told_later_changes_nothing(evidence, on):
    figures = [figure for figure in evidence.figures if figure.on <= on]
    earlier = Evidence(**{name: getattr(evidence, name) for name in evidence.__slots__} | {"figures": figures})

    assert findings(evidence, on=on) == findings(earlier, on=on)


def test_the_rule_and_the_database_mean_the_same_months():
    assert RULES[max(RULES)].fresh_months == FRESH_MONTHS
