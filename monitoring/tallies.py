"""How many businesses are in each state in each kab/kota, kept by triggers so that a front page need not count them all.

A tally row is a change of a count, written by the statement that changed businesses; a count is the sum of its rows, and
now and then the rows of a count are put together. Nobody waits for anybody: rows are only added.

Categories lapse without anybody writing, so the tallies hold for one day, `TallyDay`. The first writer of a later day moves
them there; until then `Tallies` takes off what lapsed in between, by an index. No figure depends on when that happens.
"""

from collections import Counter, defaultdict
from datetime import date
from functools import cached_property
from typing import Any

import pgtrigger
from django.db import connection, models
from django.db.models import Count, Q, Subquery, Sum

from monitoring.progress import Category, Trend
from monitoring.reach import OWN_REGION
from ppks.kit.prepared import prepared
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet
from ppks.regions.models import Region

ALL_OF_THEM, HELP, NEVER, SAID = "all", "help", "never", "said:"  # other measures are categories
READ = dict.fromkeys((PROVINCE, REGION, AUDITOR, CLOCK), "select")
COLUMNS = "region_id, category, trend, valid_until, last_visit_on, reported_condition"


class Tally(models.Model):
    """A change of the count of a measure in a region."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    measure = models.TextField()
    number = models.IntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["region", "measure"], name="tally_by_region")]
        constraints = [Rows(name="tally_rows", see=OWN_REGION, may=READ)]


class TallyDay(models.Model):
    """The one row that says for which day the tallies hold."""

    day = models.DateField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            Rows(name="tally_day_rows", see=dict.fromkeys(READ, ALL), may=READ),
            models.CheckConstraint(name="tally_day_is_one", condition=Q(pk=1)),
        ]


def _counted(name: str, operation: pgtrigger.Operation, **tables: str) -> pgtrigger.Trigger:
    """A statement trigger that writes down what changed: `new` rows count, `old` ones no more; rows alike are counted as one."""
    changed = " union all ".join(
        f"select {COLUMNS}, {1 if kind == 'new' else -1} as n from {table}" for kind, table in tables.items()
    )
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=f"""
            insert into monitoring_tally (region_id, measure, number)
            select region_id, measure, sum(n) from (
                select {COLUMNS}, sum(n) as n from ({changed}) each group by {COLUMNS} having sum(n) <> 0
            ) alike
            cross join lateral unnest(monitoring_measures(category, trend, valid_until, last_visit_on, reported_condition,
                (select monitoring_tally_day()))) measure
            group by 1, 2 having sum(n) <> 0 order by 1, 2;
            perform monitoring_settle_tallies();
            return null;
        """,
    )


COUNTED = [
    _counted("counts_the_new", pgtrigger.Insert, new="added"),
    _counted("counts_the_changed", pgtrigger.Update, new="added", old="removed"),
    _counted("counts_the_gone", pgtrigger.Delete, old="removed"),
]


class Tallies:
    """The counts of one user on one day, today or near it."""

    def __init__(self, user: Any, day: date):
        self.user, self.day = user, day

    def total(self, measure: str) -> int:
        """How many businesses in reach."""
        return sum(self._counts[measure].values())

    def by_region(self, measure: str) -> Counter:
        """How many in each region, by region id."""
        return +self._counts[measure]

    @cached_property
    def _counts(self) -> dict[str, Counter]:
        counts: dict[str, Counter] = defaultdict(Counter)
        rows = _kept(self.user)
        for measure, region, number, _ in rows:
            counts[measure][region] += number
        for sign, region, category, is_helped, number in self._lapsed(rows[0][-1] if rows else self.day):
            counts[category][region] -= sign * number
            counts[Category.UNKNOWN][region] += sign * number
            counts[HELP][region] -= sign * number * is_helped
        return counts

    def _lapsed(self, kept_for: date):
        """What is past its date on `day` but was not on the day of the tallies, or (sign -1) the other way round."""
        first, after, sign = (kept_for, self.day, 1) if kept_for < self.day else (self.day, kept_for, -1)
        for row in _past_their_date(self.user, first, after):
            yield sign, row["region_id"], row["category"], False, row["n"] - row["helped"]
            yield sign, row["region_id"], row["category"], True, row["helped"]


@prepared
def _kept(user):
    rows = Tally.objects.visible_to(user).order_by().values_list("measure", "region_id")
    return rows.annotate(number=Sum("number"), day=Subquery(TallyDay.objects.values("day")[:1]))


@prepared
def _past_their_date(user, first, after):
    """How many businesses were known until a day from `first` on and before `after`, and how many of them need help."""
    from monitoring.models import Business  # which carries this module's triggers

    rows = Business.objects.visible_to(user).exclude(category__in=[Category.CLOSED, Category.UNKNOWN])
    helped = Q(category__in=Category.needs_help) | Q(trend=Trend.FALLING)
    lapsed = rows.filter(valid_until__gte=first, valid_until__lt=after).order_by().values("region_id", "category")
    return lapsed.annotate(n=Count("pk"), helped=Count("pk", filter=helped))


def rebuild() -> None:
    """Count everything anew, the counts by day with it; as owner."""
    with connection.cursor() as cursor:
        cursor.execute("select monitoring_rebuild_tallies(), counts_rebuild()")


def drift(user: Any, day: date) -> dict[str, tuple[Counter, Counter]]:
    """The measures whose tallies differ from a live count, each with both; empty when all is well."""
    from monitoring.models import Business

    businesses = Business.objects.visible_to(user).as_of(day)
    live = {state: businesses.in_state(state) for state in Category.values}
    live |= {ALL_OF_THEM: businesses, HELP: businesses.needing_help(), NEVER: businesses.never_visited()}
    said = businesses.exclude(reported_condition="").order_by().values_list("reported_condition", flat=True).distinct()
    live |= {f"{SAID}{condition}": businesses.filter(reported_condition=condition) for condition in said}
    kept, found = Tallies(user, day), {}
    for measure, rows in live.items():
        counted = rows.order_by().values("region").annotate(n=Count("pk"))
        both = kept.by_region(measure), Counter({row["region"]: row["n"] for row in counted})
        if both[0] != both[1]:
            found[measure] = both
    return found
