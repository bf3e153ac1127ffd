"""The budget plan (RAB) as it is typed: rows that are added, changed and emptied without any script."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from grants.applications.models import Application
from grants.applications.plan import BudgetItem
from ppks.kit import rupiah
from ppks.kit.forms import RupiahField
from ppks.kit.refusals import refusals

EMPTY_ROWS, MOST_ROWS = 3, 40
MOST_QUANTITY = 100_000
FIELDS = ("description", "quantity", "unit", "price")
CHANGED = "RAB ini sudah diubah sejak halaman dibuka. Muat ulang, lalu isi lagi yang belum tersimpan."


@dataclass(frozen=True, slots=True)
class Typed:
    """One row as it is to be stored."""

    description: str
    quantity: int
    unit: str
    price: int

    @property
    def total(self) -> int:
        return self.quantity * self.price


def stored(application: Application) -> list[Typed]:
    """The rows as they stand."""
    rows = BudgetItem.objects.filter(application=application.pk).order_by("pk")
    return [Typed(*values) for values in rows.values_list(*FIELDS)]


def mark_of(rows: list[Typed]) -> str:
    """What a form carries to know whether somebody else has changed the rows meanwhile."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()


class ItemsForm(forms.Form):
    """All rows at once; an emptied row goes."""

    mark = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, rows: list[Typed], more: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.before = rows
        self.initial["mark"] = mark_of(rows)
        sent = [
            int(name[5:]) for name in self.data if name.startswith("unit_") and name[5:].isdecimal() and len(name) < 8
        ]
        number = max([len(rows) + EMPTY_ROWS, *sent]) + (EMPTY_ROWS if more else 0)
        self.numbers = range(1, min(number, MOST_ROWS) + 1)
        for n in self.numbers:
            self._add_row(n, rows[n - 1] if n <= len(rows) else None)

    def _add_row(self, n: int, row: Typed | None) -> None:
        fields = {
            "description": forms.CharField(label=f"Uraian {n}", max_length=200, required=False),
            "quantity": forms.IntegerField(
                label=f"Jumlah {n}",
                required=False,
                min_value=1,
                max_value=MOST_QUANTITY,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "6"}),
                error_messages={"invalid": "Tulis jumlah dengan angka.", "min_value": "Jumlah harus di atas nol."},
            ),
            "unit": forms.CharField(label=f"Satuan {n}", max_length=30, required=False),
            "price": RupiahField(label=f"Harga satuan {n}", required=False),
        }
        for name, field in fields.items():
            field.initial = getattr(row, name) if row else None
            self.fields[f"{name}_{n}"] = field

    def rows(self) -> list[dict[str, Any]]:
        """For the template: the fields of each row and its sum, as far as it can be told."""
        return [
            {"number": n, "fields": [self[f"{name}_{n}"] for name in FIELDS], "total": self._sum(n)}
            for n in self.numbers
        ]

    def _sum(self, n: int) -> int | None:
        if not self.is_bound:
            return self.before[n - 1].total if n <= len(self.before) else None
        quantity, price = (self.cleaned_data.get(f"{name}_{n}") for name in ("quantity", "price"))
        return quantity * price if quantity and price else None

    @property
    def total(self) -> int:
        return sum(self._sum(n) or 0 for n in self.numbers)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        for n in self.numbers:
            given = {name: found.get(f"{name}_{n}") for name in FIELDS}
            if not any(given.values()):
                continue
            for name, value in given.items():
                if not value and f"{name}_{n}" not in self.errors:
                    self.add_error(f"{name}_{n}", "Lengkapi baris ini, atau kosongkan seluruhnya.")
        return found

    @property
    def typed(self) -> list[Typed]:
        """After validation: the rows that are not empty."""
        found = self.cleaned_data
        rows = ([found[f"{name}_{n}"] for name in FIELDS] for n in self.numbers if found[f"description_{n}"])
        return [Typed(*row) for row in rows]


def room(total: int, application: Application) -> dict[str, int]:
    """The sum against what the programme gives at most."""
    most = application.call.line.programme.maximum
    return {"total": total, "most": most, "left": max(most - total, 0), "over": max(total - most, 0)}


def save(application: Application, form: ItemsForm, *, by: Any) -> None:
    """Store the rows, and ask for their sum; the same form sent twice changes nothing. Raises ValidationError."""
    wanted, most = form.typed, application.call.line.programme.maximum
    total = sum(row.total for row in wanted)
    if total > most:
        raise ValidationError(f"Jumlah RAB {rupiah.format(total)} melebihi batas program, {rupiah.format(most)}.")
    with refusals():
        current = Application.objects.visible_to(by).select_for_update(of=("self",)).get(pk=application.pk)
        now = stored(current)
        if now == wanted and current.requested == total:
            return
        if mark_of(now) != form.cleaned_data["mark"]:
            raise ValidationError(CHANGED)
        _replace(current, now, wanted)
        Application.objects.visible_to(by).filter(pk=current.pk).update(requested=total)


def _replace(application: Application, now: list[Typed], wanted: list[Typed]) -> None:
    """Row by row: what differs is changed, so that its history stays with it."""
    items = list(BudgetItem.objects.filter(application=application.pk).order_by("pk"))
    for item, before, after in zip(items, now, wanted, strict=False):
        if before != after:
            values = {name: getattr(after, name) for name in FIELDS}
            BudgetItem.objects.filter(pk=item.pk).update(**values)
    for item in items[len(wanted) :]:
        BudgetItem.objects.filter(pk=item.pk).delete()
    for row in wanted[len(items) :]:
        BudgetItem.objects.create(application=application, **{name: getattr(row, name) for name in FIELDS})
