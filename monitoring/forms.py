"""What is typed after a visit, in groups; few answers are compulsory."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from monitoring import form_rows, photos
from monitoring.form_fields import PhotosField, PositionField, amount, choice, count
from monitoring.found import Found
from monitoring.models import Business, Visit
from ppks.kit import dates, rupiah
from ppks.kit.forms import DayField, ResultField, RupiahField

YES, NO = "ya", "tidak"
YES_OR_NO = [(YES, "Ya"), (NO, "Tidak")]
AMOUNTS = ("turnover", "costs", "profit", "wage_bill", "assets", "savings", "debt")
NUMBERS = ("workers", "men", "women", "disabled", "paid")
CHOICES = ("place", "basis", "lender", "bookkeeping", "market")


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under one heading. A folded one opens by itself when something in it was typed or is wrong."""

    title: str
    rows: list[list[Any]]
    is_folded: bool = False
    is_open: bool = False
    hint: str = "boleh kosong"


class VisitForm(forms.Form):
    """Compulsory: when, whom, running or not, and if running the turnover or an honest "tidak tahu"."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    visited_on = DayField(label="Tanggal kunjungan", error_messages={"required": "Isi tanggal kunjungan."})
    met = forms.ChoiceField(
        label="Bertemu siapa?",
        choices=Visit.Met.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih siapa yang ditemui."},
    )
    place = choice("Bertemu di mana?", Visit.Place)
    operating = forms.ChoiceField(
        label="Usaha masih berjalan?",
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih ya atau tidak."},
    )
    turnover = RupiahField(label="Omzet sebulan terakhir", required=False)
    turnover_unknown = forms.BooleanField(label="Omzetnya tidak diketahui", required=False)
    costs = amount("Biaya sebulan terakhir", "Bahan, sewa, listrik, upah, angkutan.")
    profit = ResultField(label="Laba bersih sebulan terakhir", required=False)
    is_loss = forms.BooleanField(label="Rugi: jumlah di atas adalah kerugian", required=False)
    basis = forms.ChoiceField(
        label="Angka dari mana?", choices=Visit.Basis.choices, widget=forms.RadioSelect, required=False
    )
    workers = count("Tenaga kerja selain pemilik")
    men = count("Laki-laki")
    women = count("Perempuan")
    disabled = count("Di antaranya penyandang disabilitas")
    paid = count("Di antaranya dibayar")
    wage_bill = amount("Upah seluruhnya sebulan")
    assets = amount("Nilai aset usaha", "Alat dan barang dagangan, kira-kira laku dijual berapa.")
    savings = amount("Tabungan")
    debt = amount("Utang", "Sisa yang belum dibayar. Isi 0 bila tidak punya utang.")
    lender = choice("Utang kepada siapa?", Visit.Lender)
    bookkeeping = choice("Pembukuan", Visit.Bookkeeping)
    market = choice("Pembeli paling jauh dari mana?", Visit.Market)
    has_online_sales = choice("Berjualan daring?", YES_OR_NO)
    help_wanted = forms.CharField(
        label="Bantuan yang diharapkan", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    note = forms.CharField(label="Catatan", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    photos = PhotosField(label="Foto", required=False)
    drop_photos = forms.MultipleChoiceField(
        label="Foto yang tidak jadi disertakan", required=False, widget=forms.CheckboxSelectMultiple
    )
    position = PositionField(label="Letak usaha", required=False)

    def __init__(
        self,
        *args,
        business: Business,
        earlier: list[Found],
        corrected: Found | None = None,
        why_not: Any = lambda day: None,
        **kwargs,
    ):
        """`earlier`: the visits before this one, newest first. `why_not(day)` says why no visit is possible on a day."""
        super().__init__(*args, **kwargs)
        self.business, self.why_not, self.held = business, why_not, []
        self.known_aids = _known_aids([*([corrected] if corrected else []), *earlier])
        self.permit_rows = form_rows.permit_rows(self)
        self.aid_rows = form_rows.aid_rows(self, self.known_aids)
        self.obstacle_rows = form_rows.obstacle_rows(self, corrected)
        self.fields["turnover"].asks_anyway = True
        self.last = earlier[0] if earlier else None
        if not self.is_bound:
            self.initial = _initial(corrected) if corrected else {"visited_on": dates.today()}
            self.initial["key"] = uuid.uuid4()
        if self.last:
            self._show_last(self.last.visit)

    def _show_last(self, last: Visit) -> None:
        label = f"Kunjungan lalu, {dates.short(last.visited_on)}"
        shown = {name: rupiah.format(value) for name in AMOUNTS if (value := getattr(last, name)) is not None}
        shown |= {name: f"{value} orang" for name in NUMBERS if (value := getattr(last, name)) is not None}
        shown |= {name: words for name in CHOICES if (words := getattr(last, f"get_{name}_display")())}
        for name, value in shown.items():
            self.fields[name].last_value = (label, value)

    def hold(self, pictures: Iterable[Any]) -> None:
        """The photos that already wait for this visit; each may be left out again."""
        self.held = list(pictures)
        self.fields["drop_photos"].choices = [(one.name, f"Foto {n}") for n, one in enumerate(self.held, start=1)]

    def quietly(self) -> "VisitForm":
        """Filled with what was typed, without saying what is still missing."""
        self._errors = ErrorDict()
        return self

    def clean_visited_on(self):
        day = self.cleaned_data["visited_on"]
        if day > dates.today():
            raise forms.ValidationError("Tanggal kunjungan tidak boleh sesudah hari ini.")
        if problem := self.why_not(day):
            raise forms.ValidationError(problem)
        return day

    def clean_photos(self):
        new = self.cleaned_data["photos"]
        if len(self.held) + len(new) > photos.MOST:
            raise forms.ValidationError(f"Paling banyak {photos.MOST} foto sekali kunjungan.")
        return new

    def clean(self):
        given = super().clean()
        if given.get("is_loss") and given.get("profit"):
            given["profit"] = -abs(given["profit"])
        self._check_turnover(given)
        profit, turnover = given.get("profit"), given.get("turnover")
        if None not in {profit, turnover} and profit > turnover:
            self.add_error("profit", f"Laba bersih tidak boleh lebih besar daripada omzet ({rupiah.format(turnover)}).")
        self._check_workers(given)
        form_rows.check_permits(self, self.permit_rows)
        form_rows.check_aids(self, self.aid_rows, self.known_aids)
        form_rows.check_obstacles(self, self.obstacle_rows)
        return given

    def _check_turnover(self, given: dict[str, Any]) -> None:
        turnover, is_unknown = given.get("turnover"), given.get("turnover_unknown")
        if given.get("operating") == NO and turnover:
            self.add_error(
                "turnover", "Usaha yang tidak berjalan tidak punya omzet. Kosongkan, atau pilih “Ya” di atas."
            )
        if given.get("operating") != YES or "turnover" in self.errors:
            return
        if turnover is None and not is_unknown:
            self.add_error("turnover", "Isi omzet, atau centang “Omzetnya tidak diketahui”.")
        if turnover is not None and is_unknown:
            self.add_error("turnover_unknown", "Omzet sudah diisi. Hapus centang ini, atau kosongkan omzet.")

    def _check_workers(self, given: dict[str, Any]) -> None:
        """The total is that of men and women where both are given; the parts are never more than the whole."""
        men, women = given.get("men"), given.get("women")
        if None not in {men, women}:
            if given.get("workers") is None and "workers" not in self.errors:
                given["workers"] = men + women
            elif given.get("workers") not in {None, men + women}:
                self.add_error(
                    "workers", f"Laki-laki dan perempuan berjumlah {men + women} orang. Samakan, atau kosongkan."
                )
        for name in ("disabled", "paid"):
            if None not in {given.get(name), given.get("workers")} and given[name] > given["workers"]:
                self.add_error(
                    name, f"Tidak boleh lebih banyak daripada seluruh tenaga kerja ({given['workers']} orang)."
                )

    def found(self, by: Any) -> Found:
        """The visit as typed, with its findings, not yet stored."""
        given = self.cleaned_data
        latitude, longitude = given["position"] or (None, None)
        visit = Visit(
            key=given["key"],
            business=self.business,
            visited_on=given["visited_on"],
            met=given["met"],
            operating=given["operating"] == YES,
            bookkeeping=int(given["bookkeeping"]) if given["bookkeeping"] else None,
            has_online_sales={YES: True, NO: False}.get(given["has_online_sales"]),
            help_wanted=given["help_wanted"].strip(),
            note=given["note"].strip(),
            latitude=latitude,
            longitude=longitude,
            by=by,
            **{name: given[name] for name in (*AMOUNTS, *NUMBERS, "place", "basis", "lender", "market")},
        )
        return Found(
            visit,
            obstacles=form_rows.obstacles(given, self.obstacle_rows),
            aids=form_rows.aids(given, self.aid_rows),
            permits=form_rows.permits(given, self.permit_rows),
        )

    def groups(self) -> list[Group]:
        """The questions as the page shows them."""
        pictures = [["drop_photos"]] if self.held else []
        return [
            self._group("Kunjungan", [["visited_on"], ["met"], ["place"]]),
            self._group(
                "Usaha sebulan terakhir",
                [*_each("operating", "turnover", "turnover_unknown", "costs", "profit", "is_loss", "basis")],
            ),
            self._group("Tenaga kerja", [["workers"], ["men", "women"], ["disabled", "paid"], ["wage_bill"]], True),
            self._group("Harta dan utang", _each("assets", "savings", "debt", "lender"), True),
            self._group("Pembukuan dan pasar", _each("bookkeeping", "market", "has_online_sales"), True),
            self._group("Izin", self.permit_rows, True),
            self._group("Barang bantuan", self.aid_rows, True),
            self._group("Hambatan dan bantuan", [*self.obstacle_rows, ["help_wanted"]], True),
            self._group("Catatan dan foto", [["note"], *pictures, ["photos"], ["position"]]),
        ]

    def _group(self, title: str, rows: list[list[str]], is_folded: bool = False) -> Group:
        names = [name for row in rows for name in row]
        typed = any(self[name].value() not in {None, ""} for name in names) if is_folded else True
        is_open = typed or any(name in self.errors for name in names)
        last = [said[1] for name in names if (said := getattr(self.fields[name], "last_value", None))]
        for name in names if is_folded else ():
            self.fields[name].asks_anyway = True  # the heading says already that all of it may stay empty
        hint = f"lalu: {last[0]}" if last else "boleh kosong"
        return Group(title, [[self[name] for name in row] for row in rows], is_folded, is_open, hint)


def _each(*names: str) -> list[list[str]]:
    return [[name] for name in names]


def _known_aids(visits: Iterable[Found]) -> list[str]:
    """The items of the aid by the names that visits gave them, once each."""
    names = {aid.name.casefold(): aid.name for found in visits for aid in found.aids}
    return sorted(names.values())


def _initial(corrected: Found) -> dict[str, Any]:
    """A correction begins with what the visit said."""
    visit = corrected.visit
    simple = ("visited_on", "met", *AMOUNTS, *NUMBERS, *CHOICES, "help_wanted", "note")
    return {
        **{name: getattr(visit, name) for name in simple},
        "operating": YES if visit.operating else NO,
        "turnover_unknown": visit.operating and visit.turnover is None,
        "has_online_sales": {True: YES, False: NO}.get(visit.has_online_sales, ""),
        "position": None if visit.latitude is None else (visit.latitude, visit.longitude),
        **form_rows.initial(corrected),
    }
