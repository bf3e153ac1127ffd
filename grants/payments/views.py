"""Payments and payment orders: their lists, one of each with its proof, and the papers that go with a payment."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from clients.models import Person
from grants.payments import lists, printing
from grants.payments.forms import ProofForm
from grants.payments.models import Disbursement, Hold, PaymentOrder, ReceiptCheck
from grants.payments.proofs import OrderProof
from ppks.documents import batches
from ppks.documents.attachments import keep
from ppks.documents.batches import Entry
from ppks.kit import dates
from ppks.kit.doors import action, form_page, page, seen
from ppks.kit.sheets import downloads

VIEW, PAY = "grants.view_application", "grants.disburse"
FILES = "documents.view"


def get_payment(request, pk: int) -> tuple[Disbursement, Person]:
    """The payment within reach and who received it, written down as seen; 404 otherwise."""
    rows = lists.with_answers(Disbursement.objects.visible_to(request.user))
    rows = rows.select_related("region", "application__call__line__programme", "order", "bounce")
    paid = get_object_or_404(rows, pk=pk)
    person = Person.objects.visible_to(request.user).get(pk=paid.application.person_id)
    seen(request, person.identity_id)
    return paid, person


def get_order(request, pk: int) -> PaymentOrder:
    return get_object_or_404(lists.orders_of(request.user), pk=pk)


@page(VIEW)
def disbursement_list(request):
    listing = lists.disbursements(request, dates.today())
    shown = listing.page()
    rows = [(paid, person, *lists.state_of(paid)) for paid, person in lists.with_people(shown.rows, request.user)]
    seen(request, *{person.identity_id for _, person, _, _ in rows})
    context = {
        "list": shown,
        "rows": rows,
        "tabs": lists.tabs(listing),
        "total": lists.total(listing),
        "downloads": downloads(request.user, "penyaluran", listing),
    }
    return render(request, "grants/payments/disbursement_list.html", context)


@page(VIEW)
def payment_order_list(request):
    listing = lists.orders(request, dates.today())
    shown = listing.page()
    context = {
        "list": shown,
        "rows": lists.with_sums(shown.rows, request.user),
        "downloads": downloads(request.user, "sp2d", listing),
    }
    return render(request, "grants/payments/payment_order_list.html", context)


@page(VIEW)
def payment_order_detail(request, pk):
    order = get_order(request, pk)
    ((_, people, total),) = lists.with_sums([order], request.user)
    may_open = request.user.has_perm(FILES) and not request.user.role_entry.posted_to
    context = {
        "order": order,
        "crumbs": [{"label": "SP2D", "url": reverse("payment_order_list")}, {"label": "SP2D ini"}],
        "people": people,
        "total": total,
        "payments_url": f"{reverse('disbursement_list')}?sp2d={pk}",
        "proofs": OrderProof.objects.visible_to(request.user).filter(order=order).prefetch_related("by"),
        "may_open": may_open,
        "papers": printing.LABELS if request.user.has_perm(PAY) else (),
    }
    return render(request, "grants/payments/payment_order_detail.html", context)


@form_page(PAY)
def payment_order_prove(request, pk):
    """The bank's proof of all transfers of an order."""
    order = get_order(request, pk)
    form = ProofForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        subjects = lists.with_answers(Disbursement.objects.visible_to(request.user)).filter(order=order)
        shown = subjects.values_list("application__identity", flat=True)
        kept = keep(form.cleaned_data["proof"], region_id=None, subjects=shown, by=request.user)
        OrderProof.objects.visible_to(request.user).create(order=order, attachment=kept, by=request.user)
        messages.success(request, "Bukti transfer disimpan.")
        return redirect("payment_order_detail", pk)
    context = {"form": form, "order": order}
    return render(request, "grants/payments/payment_order_prove.html", context, status=422 if form.errors else 200)


@action(PAY)
def payment_order_print(request, pk, kind):
    """One paper for each receiver of an order, issued by one job; asked twice gives the same package."""
    order = get_order(request, pk)
    if kind not in dict(printing.LABELS):
        raise Http404
    rows = Disbursement.objects.visible_to(request.user).filter(order=order, bounce=None).order_by("pk")
    rows = rows.select_related("region", "application__call__line__programme")
    entries = [
        Entry(printing.data(kind, paid, person, request.user), subjects=[person.identity_id])
        for paid, person in lists.with_people(rows, request.user)
    ]
    try:
        made = batches.order(
            printing.KINDS[kind],
            entries,
            title=f"{dict(printing.LABELS)[kind]}, {order}",
            region_id=None,
            by=request.user,
            key=f"payment_order:{pk}:{kind}",
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("payment_order_detail", pk)
    return redirect("batch_detail", made.pk)


@page(VIEW)
def disbursement_detail(request, pk):
    paid, person = get_payment(request, pk)
    words, tone = lists.state_of(paid)
    answers = ReceiptCheck.objects.visible_to(request.user).filter(disbursement=paid).prefetch_related("by")
    context = {
        "paid": paid,
        "person": person,
        "crumbs": [{"label": "Penyaluran", "url": reverse("disbursement_list")}, {"label": person.shown_name}],
        "state": words,
        "tone": tone,
        "answers": answers,
        "hold": Hold.objects.visible_to(request.user).filter(application=paid.application, lifted_at=None).first(),
        "papers": printing.LABELS if request.user.has_perm(FILES) else (),
        "is_standing": not hasattr(paid, "bounce"),
    }
    return render(request, "grants/payments/disbursement_detail.html", context)


@page(FILES)
def disbursement_paper(request, pk, kind):
    """A paper of one payment, ready to be printed and signed."""
    if kind not in dict(printing.LABELS):
        raise Http404
    paid, person = get_payment(request, pk)
    content = printing.paper(kind, paid, person, request.user)
    return FileResponse(BytesIO(content), content_type="application/pdf", filename=f"{kind}-{pk}.pdf")
