"""Closing a period, or revising what was closed: everything that will be frozen is shown before."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.shortcuts import redirect, render

from monitoring.reports.closing import close
from monitoring.reports.models import Edition
from monitoring.reports.pages import Report
from monitoring.reports.views import get_period, picture
from ppks.kit import dates
from ppks.kit.doors import form_page
from ppks.kit.refusals import refusals

LONGEST = 500


class ClosingForm(forms.Form):
    """`seen` is the fingerprint of the figures on the page that is answered."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, error_messages={"required": "Muat ulang halaman."})
    reason = forms.CharField(
        label="Alasan edisi perbaikan",
        help_text="Tampil pada laporan, misalnya: kunjungan November yang terlambat dikirim sudah masuk.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
        validators=[ProhibitNullCharactersValidator()],
        error_messages={"required": "Tulis alasan edisi perbaikan."},
    )

    def __init__(self, *args, is_revision: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_revision:
            del self.fields["reason"]


@form_page("reports.close_report")
def period_close(request, code):
    """The check page; its button freezes the period for good."""
    period = get_period(code)
    if not period.has_ended(dates.today()):
        messages.error(request, f"{period.label} belum berakhir; laporannya belum dapat ditutup.")
        return redirect("period_detail", code)
    last = Edition.objects.visible_to(request.user).of(period).first()
    form = ClosingForm(request.POST or None, is_revision=last is not None)
    if form.is_valid():
        try:
            with refusals():
                edition = close(period, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{edition} ditutup. Angka dan barisnya tidak berubah lagi.")
            return redirect("edition_detail", code, edition.number)
    report = Report(request.user, period, dates.today())
    context = picture(request, report) | {"form": form, "last": last, "seen": report.values.fingerprint}
    return render(request, "reports/period_close.html", context, status=422 if form.errors else 200)
