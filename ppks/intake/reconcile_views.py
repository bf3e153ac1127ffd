"""The treasurer's page on which his list of SP2D is held against what is recorded here."""

from collections import Counter

from django import forms
from django.shortcuts import render

from grants.payments.lists import orders_of, with_sums
from ppks.intake.container import NotReadable
from ppks.intake.desk.forms import NO_FILE, TOO_LARGE
from ppks.intake.reconciling import Compared, compare, read
from ppks.kit import dates
from ppks.kit.doors import form_page
from ppks.kit.uploads import MOST

LABELS = (
    ("differs", "Nilainya berbeda"),
    ("only_listed", "Hanya di daftar"),
    ("only_here", "Hanya di sini"),
    ("problem", "Tidak terbaca"),
    ("same", "Cocok"),
)


class ListForm(forms.Form):
    file = forms.FileField(
        label="Daftar SP2D dari kas daerah",
        error_messages=NO_FILE,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv"}),
        help_text="Excel, LibreOffice, atau CSV dengan kolom nomor SP2D dan nilai. Berkasnya tidak disimpan.",
    )
    year = forms.IntegerField(label="Tahun anggaran", min_value=2020, max_value=2100)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = dates.today().year

    def clean_file(self):
        if self.cleaned_data["file"].size > MOST:
            raise forms.ValidationError(TOO_LARGE)
        return self.cleaned_data["file"]


@form_page("grants.reconcile")
def payment_reconcile(request):
    form, rows = ListForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = _compared(request.user, file.read(), file.name, form.cleaned_data["year"])
        except NotReadable as error:
            form.add_error("file", str(error))
    context = {"form": form, "rows": rows, "counts": _counts(rows or []), "labels": dict(LABELS)}
    return render(request, "intake/payment_reconcile.html", context, status=422 if form.errors else 200)


def _compared(user, content: bytes, name: str, year: int) -> list[Compared]:
    sums = with_sums(list(orders_of(user).filter(year=year)), user)
    return compare(read(content, name), {order.number: (order.pk, total) for order, _, total in sums})


def _counts(rows: list[Compared]) -> list[tuple[str, int]]:
    found = Counter(one.state for one in rows)
    return [(label, found[state]) for state, label in LABELS]
