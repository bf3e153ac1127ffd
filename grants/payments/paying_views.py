"""The treasurer's work: one SP2D for many, accounts, goods against minutes, transfers that came back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from clients.models import Person
from grants.applications.documents import add_document
from grants.applications.models import Application
from grants.decrees.models import Decree
from grants.decrees.picking import sent
from grants.payments.forms import AccountForm, BounceForm, GoodsForm, OrderForm
from grants.payments.models import Account, Bounce, PaymentOrder
from grants.payments.paying import bounce, pay_goods, pay_order
from grants.payments.queue import Due, dues, of_decree, unpaid
from grants.payments.views import get_payment
from grants.programmes.models import DocumentType, Form
from ppks.kit.doors import form_page, seen
from ppks.kit.refusals import refusals
from ppks.kit.sealed import Sealed

PAY, ACCOUNT = "grants.disburse", "grants.keep_account"
SHOWN = 400  # people on one page of the treasurer; more are reached by decree


def _asked_decree(request) -> Decree | None:
    asked = request.GET.get("sk", "")
    decrees = Decree.objects.visible_to(request.user).filter(status="enacted")
    return decrees.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 19 else None


@form_page(PAY)
def payment_add(request):
    """Tick who is paid with one SP2D, check, store: all transfers or none."""
    decree = _asked_decree(request)
    rows = of_decree(unpaid(request.user), decree.pk if decree else None)
    waiting = dues(rows[:SHOWN], request.user)
    form = OrderForm(request.POST or None)
    picked = [one for one in waiting if str(one.application.pk) in set(request.POST.getlist("usulan"))]
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "edit":
        if (order := _already(request, form.cleaned_data)) is not None:
            messages.info(request, f"{order} sudah dicatat; tidak ada yang dibayar dua kali.")
            return redirect("payment_order_detail", order.pk)
        if not picked:
            form.add_error(None, "Belum ada penerima yang dipilih, atau yang dipilih sudah dibayar.")
        elif request.POST.get("step") == "check":
            return _check(request, form, picked)
        elif order := _store(request, form, waiting):
            return redirect("payment_order_detail", order.pk)
    seen(request, *{one.person.identity_id for one in waiting})
    context = {
        "form": form,
        "decree": decree,
        "ready": [(one, one in picked or request.method != "POST") for one in waiting if one.is_payable],
        "stuck": [one for one in waiting if not one.is_payable],
        "is_cut": len(waiting) == SHOWN,
    }
    return render(request, "grants/payments/payment_add.html", context, status=422 if form.errors else 200)


def _already(request, found) -> PaymentOrder | None:
    """The order that this very form stored before."""
    orders = PaymentOrder.objects.visible_to(request.user).filter(by=request.user)
    order = orders.filter(number=found["number"], year=found["issued_on"].year).first()
    asked = set(sent(request.POST.getlist("usulan")))
    if order and asked and asked == set(order.disbursements.values_list("application", flat=True)):
        return order
    return None


def _check(request, form, picked: list[Due]):
    context = {
        "picked": picked,
        "total": sum(one.amount for one in picked),
        "blocked": [one for one in picked if not one.is_payable],
        "number": form.cleaned_data["number"],
        "issued_on": form.cleaned_data["issued_on"],
        "typed_day": request.POST["issued_on"],
    }
    seen(request, *{one.person.identity_id for one in picked})
    return render(request, "grants/payments/payment_check.html", context)


def _store(request, form, waiting: list[Due]) -> PaymentOrder | None:
    """The order, or none when something was refused; then the form says why."""
    found = {str(one.application.pk): one for one in waiting}
    wanted = request.POST.getlist("usulan")
    if unknown := [pk for pk in wanted if pk not in found]:
        form.add_error(None, f"{len(unknown)} yang dipilih tidak menunggu pembayaran lagi. Periksa sekali lagi.")
        return None
    chosen = [found[pk] for pk in dict.fromkeys(wanted)]
    for one in chosen:
        if request.POST.get(f"tahap{one.application.pk}") != f"{one.tranche}:{one.amount}":
            form.add_error(None, f"{one.application}: nilainya berubah. Periksa sekali lagi.")
        for blocker in one.blockers:
            form.add_error(None, f"{one.application}: {blocker}")
    if form.errors:
        return None
    try:
        lines = {one.application: (one.account, one.tranche) for one in chosen}
        order = pay_order(lines, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    messages.success(request, f"{order} dicatat untuk {len(chosen)} penerima.")
    return order


def get_applicant(request, pk: int) -> tuple[Application, Person]:
    """The application within reach and its person, written down as seen; 404 otherwise."""
    rows = Application.objects.visible_to(request.user).select_related("balance", "region", "call__line__programme")
    application = get_object_or_404(rows, pk=pk)
    person = Person.objects.visible_to(request.user).get(pk=application.person_id)
    seen(request, person.identity_id)
    return application, person


@form_page(ACCOUNT)
def account_add(request, pk):
    """The account that money goes to; a change is a new row, and the newest counts."""
    application, person = get_applicant(request, pk)
    last = Account.objects.visible_to(request.user).filter(application=application).first()
    initial = {"holder": person.name} if last is None else {"bank": last.bank, "holder": last.holder}
    form = AccountForm(request.POST or None, person=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data | {"number": Sealed(form.cleaned_data["number"])}
        if last is None or any(str(getattr(last, name)) != str(value) for name, value in found.items()):
            with refusals():
                Account.objects.visible_to(request.user).create(application=application, by=request.user, **found)
        messages.success(request, "Rekening disimpan.")
        return redirect("account_add", pk)
    context = {"form": form, "application": application, "person": person, "last": last}
    return render(request, "grants/payments/account_add.html", context, status=422 if form.errors else 200)


@form_page(PAY)
def goods_add(request, pk):
    """Goods handed over against signed minutes, with a photo; the amount is the next tranche."""
    application, person = get_applicant(request, pk)
    (due,) = dues([application], request.user)
    form = GoodsForm(request.POST or None, request.FILES or None)
    is_goods = application.call.line.programme.form == Form.GOODS
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            with refusals():
                for code, name in (("HANDOVER_PHOTO", "photo"), ("HANDOVER_MINUTES", "signed")):
                    add_document(application, DocumentType.objects.get(code=code), found[name], by=request.user)
                how = {name: found[name] for name in ("minutes_number", "goods", "paid_on")}
                paid = pay_goods(application, tranche=_seen_tranche(request), by=request.user, **how)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Serah terima barang dicatat.")
            return redirect("disbursement_detail", paid.pk)
    context = {"form": form, "application": application, "person": person, "due": due, "is_goods": is_goods}
    return render(request, "grants/payments/goods_add.html", context, status=422 if form.errors else 200)


def _seen_tranche(request) -> int:
    typed = request.POST.get("tahap", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0


@form_page(PAY)
def bounce_add(request, pk):
    """A transfer that came back: undone in the ledger, so that it can be paid again."""
    paid, person = get_payment(request, pk)
    form = BounceForm(request.POST or None)
    if Bounce.objects.visible_to(request.user).filter(disbursement=paid).exists():
        messages.info(request, "Penyaluran ini sudah dicatat gagal.")
        return redirect("disbursement_detail", pk)
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["bounced_on"] < paid.paid_on:
                raise ValidationError("Uang tidak dapat kembali sebelum disalurkan.")
            bounce(paid, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Dicatat gagal. Uangnya dapat disalurkan lagi.")
            return redirect("disbursement_detail", pk)
    context = {"form": form, "paid": paid, "person": person, "back_url": reverse("disbursement_detail", args=[pk])}
    return render(request, "grants/payments/bounce_add.html", context, status=422 if form.errors else 200)
