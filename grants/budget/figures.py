"""The sums of a year: by line and by kab/kota, each with the ledger's rows behind it, and against the time of the year."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.urls import reverse

from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.budget.models import Allocation, BudgetLine
from ppks.kit import rupiah
from ppks.kit.charts import Bullet, bullet_bar
from ppks.kit.charts.tables import Cell, Table, percent, sum_cell

SPENT = (  # column of the balances, code of the ledger's filter, heading
    ("committed", "ditetapkan", "Ditetapkan SK"),
    ("disbursed", "disalurkan", "Disalurkan"),
    ("accounted", "spj", "SPJ disahkan"),
    ("returned", "kembali", "Dikembalikan"),
)


def years(user: Any) -> list[int]:
    """The years that have a line within reach, newest first."""
    return list(lines_of(user).order_by("-year").values_list("year", flat=True).distinct())


def lines_of(user: Any):
    """Every line for the province and the auditor; for a kab/kota those that allocate something to it."""
    lines = BudgetLine.objects.visible_to(user).select_related("programme", "balance")
    if user.role_entry.posted_to == "region":
        lines = lines.filter(pk__in=Allocation.objects.visible_to(user).values("line"))
    return lines


def ledger_url(**codes: object) -> str:
    """The rows of the ledger behind a sum."""
    return f"{reverse('ledger_list')}?{urlencode(codes)}"


def gone(year: int, day: date) -> float:
    """The share of the budget year that is over on the day, from 0 to 1."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return min(max(((day - first).days + 1) / ((last - first).days + 1), 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """One sum against its limit, in a sentence, with the picture."""

    label: str
    amount: int
    url: str
    of: str
    bullet: Bullet


@dataclass(frozen=True, slots=True)
class LineFigures:
    """What has become of one line, within reach of who asks."""

    line: BudgetLine
    limit: int
    allocated: int
    sums: dict[str, int]
    sees_all: bool

    @property
    def url(self) -> str:
        return reverse("budget_line_detail", args=[self.line.pk])

    def bars(self, day: date) -> list[Bar]:
        """Allocated, committed and disbursed against the limit; the mark is the time of the year."""
        whole = ("pagu" if self.sees_all else "alokasi") + f" {rupiah.format(self.limit)}"
        shown = [("Dialokasikan", self.allocated, f"{self.url}#alokasi")] if self.sees_all else []
        shown += [
            (heading, self.sums[name], ledger_url(tahun=self.line.year, mata=self.line.pk, uang=code))
            for name, code, heading in SPENT[:3]
        ]
        return [
            Bar(
                label,
                amount,
                url,
                f"{percent(amount, self.limit)} dari {whole}",
                bullet_bar(amount, self.limit, mark=gone(self.line.year, day)),
            )
            for label, amount, url in shown
        ]


def line_figures(user: Any, lines: list[BudgetLine]) -> list[LineFigures]:
    """The sums of these lines in one query; a kab/kota gets those of its own allocation."""
    sees_all = user.role_entry.posted_to != "region"
    names = ["ceiling", *(name for name, _, _ in SPENT)]
    rows = Allocation.objects.visible_to(user).filter(line__in=lines).order_by()
    found = {
        row["line"]: row for row in rows.values("line").annotate(**{name: Sum(f"balance__{name}") for name in names})
    }
    nothing = dict.fromkeys(names, 0)
    return [
        LineFigures(
            line=line,
            limit=line.balance.ceiling if sees_all else found.get(line.pk, nothing)["ceiling"],
            allocated=found.get(line.pk, nothing)["ceiling"],
            sums={name: found.get(line.pk, nothing)[name] for name in names[1:]},
            sees_all=sees_all,
        )
        for line in lines
    ]


def year_table(figures: list[LineFigures], year: int) -> Table:
    """One row a line, and the sum beneath when there are several."""
    sees_all = all(one.sees_all for one in figures)
    heads = (*(["Pagu"] if sees_all else []), "Alokasi", *(heading for _, _, heading in SPENT))
    rows = tuple(
        (
            Cell(f"{one.line.programme}, {one.line.get_source_display()}", url=one.url),
            *([sum_cell(one.limit, f"{one.url}#pagu")] if sees_all else []),
            sum_cell(one.allocated, f"{one.url}#alokasi"),
            *(sum_cell(one.sums[name], ledger_url(tahun=year, mata=one.line.pk, uang=code)) for name, code, _ in SPENT),
        )
        for one in figures
    )
    return Table(f"Anggaran {year} menurut program", ("Mata anggaran", *heads), rows)


def region_table(line: BudgetLine, user: Any) -> Table:
    """One row a kab/kota with an allocation, each sum opening its rows of the ledger."""
    found = Allocation.objects.visible_to(user).filter(line=line).select_related("region", "balance")
    rows = tuple(
        (
            Cell(str(one.region)),
            sum_cell(one.balance.ceiling),
            *(
                sum_cell(
                    getattr(one.balance, name),
                    ledger_url(tahun=line.year, mata=line.pk, kab=one.region.code, uang=code),
                )
                for name, code, _ in SPENT
            ),
            sum_cell(one.balance.free),
        )
        for one in found.order_by("region__code")
    )
    heads = ("Kab/kota", "Alokasi", *(heading for _, _, heading in SPENT), "Belum ditetapkan")
    return Table(f"{line} menurut kab/kota", heads, rows)


def with_sums(table: Table) -> Table:
    """The table with its sums in the last row, without links."""
    totals = [sum(row[number].value or 0 for row in table.rows) for number in range(1, len(table.columns))]
    return table.with_row(Cell("Jumlah"), *(sum_cell(total) for total in totals))


def unmet(user: Any, year: int) -> list[dict[str, Any]]:
    """Recommended and without money: by line how many wait and how much they would need, for next year's request."""
    waiting = Application.objects.visible_to(user).filter(year=year, status=Status.WAITLISTED).order_by()
    rows = waiting.values("call__line__programme__name").annotate(people=Count("pk"), need=Sum("recommended"))
    return [
        {"name": row["call__line__programme__name"], "people": row["people"], "need": row["need"]}
        for row in rows.order_by("call__line__programme__name")
    ]
