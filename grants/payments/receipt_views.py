"""Uang diterima utuh? The overview by kab/kota, drawing a sample, writing an answer down, and the cases of deductions."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from clients.models import Person
from grants.payments import asking
from grants.payments.deductions import DEDUCTION, Status
from grants.payments.forms import past
from grants.payments.models import Disbursement, ReceiptCheck
from grants.payments.receipts import Deduction, DeductionStep, ReceiptSample
from grants.payments.views import get_payment
from ppks.kit import dates
from ppks.kit.doors import action, form_page, page, seen
from ppks.kit.forms import DayField, RupiahField
from ppks.kit.listing import Filter, Listing
from ppks.kit.refusals import refusals

VIEW, ASK, DRAW = "grants.view_application", "grants.check_receipt", "grants.draw_sample"
STATE = Filter(
    "keadaan",
    "Keadaan",
    lambda user: Status.choices,
    lambda rows, code, day: rows.filter(status=code),
    in_form=False,
)


class SampleForm(forms.Form):
    size = forms.IntegerField(label="Banyaknya", min_value=1, max_value=10_000)


class AnswerForm(forms.Form):
    asked_on = DayField(label="Tanggal ditanya")
    received = RupiahField(
        label="Yang diterima", help_text="Menurut penerimanya sendiri, tanpa didampingi yang menyalurkan."
    )
    deducted_by = forms.CharField(label="Dipotong oleh", max_length=200, required=False)
    said = forms.CharField(
        label="Keterangan",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wajib bila uangnya tidak utuh.",
    )

    def __init__(self, *args, paid: Disbursement, **kwargs):
        super().__init__(*args, **kwargs)
        self.paid = paid

    def clean_asked_on(self):
        day = past(self.cleaned_data["asked_on"])
        if day < self.paid.paid_on:
            raise forms.ValidationError("Pilih hari pada atau sesudah penyaluran.")
        return day

    def clean(self):
        found = super().clean()
        received = found.get("received")
        if received is not None and received > self.paid.amount:
            self.add_error("received", "Yang diterima tidak dapat melebihi yang disalurkan.")
        elif received is not None and received < self.paid.amount and not found.get("said"):
            self.add_error("said", "Tulis apa yang terjadi dengan potongannya.")
        return found


@page(VIEW)
def receipt_overview(request):
    year = dates.today().year
    table = asking.share_table(request.user, year)
    drawn = ReceiptSample.objects.visible_to(request.user).filter(year=year).prefetch_related("by")
    waiting = asking.unfinished(request.user, year).values_list("sampled__sample", flat=True)
    left = list(waiting)
    context = {
        "year": year,
        "table": table,
        "samples": [(one, left.count(one.pk), f"{reverse('disbursement_list')}?sampel={one.pk}") for one in drawn],
        "may_draw": request.user.has_perm(DRAW),
    }
    return render(request, "grants/payments/receipt_overview.html", context)


@form_page(DRAW)
def sample_draw(request):
    year = dates.today().year
    form = SampleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sample = asking.draw(year, form.cleaned_data["size"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{sample.size} penyaluran diundi dari {sample.population}.")
            return redirect("receipt_overview")
    context = {
        "form": form,
        "year": year,
        "count": asking.to_be_asked(request.user, year).count(),
        "left": asking.unfinished(request.user, year).count(),
    }
    return render(request, "grants/payments/sample_draw.html", context, status=422 if form.errors else 200)


@form_page(ASK)
def receipt_add(request, pk):
    paid, person = get_payment(request, pk)
    form = AnswerForm(request.POST or None, paid=paid, initial={"asked_on": dates.today()})
    if request.method == "POST" and form.is_valid():
        try:
            told = asking.answer(paid, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            case = Deduction.objects.visible_to(request.user).filter(answer=told).first()
            messages.success(request, "Jawaban dicatat." + (" Potongannya menjadi perkara terbuka." if case else ""))
            return redirect("deduction_detail", case.pk) if case else redirect("disbursement_detail", pk)
    context = {"form": form, "paid": paid, "person": person}
    return render(request, "grants/payments/receipt_add.html", context, status=422 if form.errors else 200)


def _deductions(request) -> Listing:
    rows = Deduction.objects.visible_to(request.user).annotate(recent=-F("pk"))
    return Listing(request, rows, filters=(STATE,), keys=("recent", "pk"), day=dates.today())


@page(VIEW)
def deduction_list(request):
    listing = _deductions(request)
    shown = listing.page()
    answers = ReceiptCheck.objects.visible_to(request.user).in_bulk({one.answer_id for one in shown.rows})
    paid = Disbursement.objects.visible_to(request.user).select_related("application", "region")
    payments = paid.in_bulk({one.disbursement_id for one in answers.values()})
    people = Person.objects.visible_to(request.user).in_bulk({one.application.person_id for one in payments.values()})
    rows = [(one, answers[one.answer_id], payments[answers[one.answer_id].disbursement_id]) for one in shown.rows]
    seen(request, *{one.identity_id for one in people.values()})
    counts = listing.all.order_by().aggregate(
        n_=Count("pk"), **{f"n_{s}": Count("pk", filter=Q(status=s)) for s in Status}
    )
    tabs = [
        {
            "label": label,
            "url": listing.url(keadaan=code or None),
            "count": counts[f"n_{code}"],
            "current": code == listing.codes.get("keadaan", ""),
        }
        for code, label in [("", "Semua"), *Status.choices]
    ]
    context = {"list": shown, "rows": [(*row, people[row[2].application.person_id]) for row in rows], "tabs": tabs}
    return render(request, "grants/payments/deduction_list.html", context)


@page(VIEW)
def deduction_detail(request, pk):
    case = get_object_or_404(Deduction.objects.visible_to(request.user), pk=pk)
    told = ReceiptCheck.objects.visible_to(request.user).prefetch_related("by").get(pk=case.answer_id)
    paid, person = get_payment(request, told.disbursement_id)
    steps = DeductionStep.objects.visible_to(request.user).filter(deduction=case).prefetch_related("by")
    context = {
        "case": case,
        "told": told,
        "said": told.__dict__.get("said", ""),
        "deducted_by": told.__dict__.get("deducted_by", ""),
        "paid": paid,
        "person": person,
        "crumbs": [{"label": "Potongan", "url": reverse("deduction_list")}, {"label": person.shown_name}],
        "steps": [(step, Status(step.target).label, step.__dict__.get("note", "")) for step in steps],
        "moves": [_button(case, offer) for offer in DEDUCTION.offers(request.user, case)],
    }
    return render(request, "grants/payments/deduction_detail.html", context)


def _button(case, offer):
    return {
        "label": offer.move.label,
        "url": reverse("deduction_move", args=[case.pk, offer.move.name]),
        "open": offer.open,
        "reasons": offer.reasons,
        "needs_note": offer.move.needs_note,
        "hint": "",
        "tone": "",
    }


@action("grants.hold")
def deduction_move(request, pk, move):
    if move not in DEDUCTION.moves:
        raise Http404
    case = get_object_or_404(Deduction.objects.visible_to(request.user), pk=pk)
    try:
        with refusals():
            DEDUCTION.make(move, case, by=request.user, note=request.POST.get("note", ""))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"Perkara ini {case.get_status_display().lower()}.")
    return redirect("deduction_detail", pk)
