"""Mandiri: who is ready, what one person lacks, and the way of a proposal from officer to head."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from clients.pages import frame, get_person
from monitoring.independence.forms import AgreementForm, DecisionForm, HomeVisitForm, RelapseForm
from monitoring.independence.gathering import known_of
from monitoring.independence.lists import lines, numbers, part_of, readiness, tabs
from monitoring.independence.models import Graduation
from monitoring.independence.pages import conditions, history, moves, told
from monitoring.independence.proposing import asked_for, decide, fall_back, propose, record_agreement, verify
from monitoring.independence.rule import findings
from monitoring.independence.workflow import GRADUATION
from ppks.kit import dates
from ppks.kit.doors import action, form_page, page
from ppks.kit.refusals import refusals
from ppks.kit.sheets import downloads

LOOK = "monitoring.view_business"


@page(LOOK)
def readiness_list(request):
    listing = readiness(request, dates.today())
    counts = numbers(listing)
    shown = listing.page(counts[part_of(listing)])
    context = {
        "list": shown,
        "rows": lines(shown.rows, listing.day),
        "tabs": tabs(listing, counts),
        "downloads": downloads(request.user, "mandiri", listing),
    }
    return render(request, "independence/readiness_list.html", context)


@page(LOOK)
def person_independence(request, pk):
    person = get_person(request, pk)
    known, today = known_of([person], on=dates.today())[person.pk], dates.today()
    found = findings(known.evidence, on=today)
    context = frame(request, person, "person_independence") | {
        "conditions": conditions(found, person, known, request.user),
        "lacking": sum(not one.holds for one in asked_for(found)),
        "spell": known.spell,
        "spells": history(person, request.user),
        "is_former": person.status == person.Status.FORMER_CLIENT,
        "day": today,
    }
    return render(request, "independence/person_independence.html", context)


@form_page("independence.propose")
def agreement_add(request, pk):
    person = get_person(request, pk)
    form = AgreementForm(request.POST or None, initial={"said_on": dates.today()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        return _made(
            request, lambda: record_agreement(person, by=request.user, **told), "Kesediaan orangnya tersimpan.", pk
        )
    context = frame(request, person, "person_independence") | {"form": form}
    return render(request, "independence/agreement_add.html", context, status=422 if form.errors else 200)


@form_page("independence.propose")
def graduation_propose(request, pk):
    """The check page before a proposal: what will be frozen, and what is lacking."""
    person = get_person(request, pk)
    known = known_of([person], on=dates.today())[person.pk]
    found = findings(known.evidence, on=dates.today())
    if request.method == "POST":
        return _made(request, lambda: propose(person, by=request.user), f"{person} diusulkan mandiri.", person.pk)
    context = frame(request, person, "person_independence") | {
        "conditions": conditions(found, person, known, request.user),
        "lacking": [one.sentence for one in asked_for(found) if not one.holds],
        "spell": known.spell,
    }
    return render(request, "independence/graduation_propose.html", context)


def _made(request, make, said: str, person: int):
    """Make a move; whatever refuses it says why, and the person's page shows it."""
    try:
        with refusals():
            make()
        messages.success(request, said)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    return redirect("person_independence", person)


def _graduation(request, pk: int):
    """The graduation within reach and its person; 404 otherwise."""
    graduation = get_object_or_404(Graduation.objects.visible_to(request.user), pk=pk)
    graduation.person = get_person(request, graduation.person_id)
    return graduation, graduation.person


@page(LOOK)
def graduation_detail(request, pk):
    graduation, person = _graduation(request, pk)
    context = frame(request, person, "person_independence") | {
        "graduation": graduation,
        "moves": moves(graduation, request.user),
    }
    return render(request, "independence/graduation_detail.html", context | told(graduation, request.user))


@action(LOOK)
def graduation_move(request, pk, move):
    """The moves that need a note alone: return, reject, withdraw."""
    if move not in {"return", "send_back", "reject", "withdraw"}:
        raise Http404
    if not request.user.has_perm(GRADUATION.moves[move].permission):
        raise PermissionDenied
    graduation, person = _graduation(request, pk)
    note = request.POST.get("note", "")[:2_000]
    said = f"{GRADUATION.moves[move].label}: tercatat."
    return _made(request, lambda: GRADUATION.make(move, graduation, by=request.user, note=note), said, person.pk)


@form_page("independence.verify")
def graduation_verify(request, pk):
    graduation, person = _graduation(request, pk)
    form = HomeVisitForm(request.POST or None, initial={"visited_on": dates.today()})
    if request.method == "POST" and form.is_valid():
        return _made(
            request,
            lambda: verify(graduation, by=request.user, **form.cleaned_data),
            f"Usulan {person} terverifikasi dan menunggu keputusan kepala dinas.",
            person.pk,
        )
    return _form(request, graduation, "independence/graduation_verify.html", form)


@form_page("independence.decide")
def graduation_decide(request, pk):
    """The check page before the decision, which cannot be undone but by a relapse."""
    graduation, person = _graduation(request, pk)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _made(
            request,
            lambda: decide(graduation, by=request.user, **form.cleaned_data),
            f"{person} ditetapkan mandiri. Surat keterangan terbit; kunjungan pantauan pada bulan ke-6, 12, dan 24.",
            person.pk,
        )
    return _form(request, graduation, "independence/graduation_decide.html", form)


@form_page("clients.change_status")
def graduation_relapse(request, pk):
    graduation, person = _graduation(request, pk)
    form = RelapseForm(request.POST or None, person=person, user=request.user)
    if request.method == "POST" and form.is_valid():
        return _made(
            request,
            lambda: fall_back(graduation, by=request.user, **form.cleaned_data),
            f"{person} kembali tercatat sebagai eks klien.",
            person.pk,
        )
    return _form(request, graduation, "independence/graduation_relapse.html", form)


def _form(request, graduation: Graduation, template: str, form=None):
    """The page of a move: what was proposed and seen, why it is closed for this user, else its form."""
    closed = next((m["reasons"] for m in moves(graduation, request.user) if m["url"] == request.path), None)
    context = frame(request, graduation.person, "person_independence") | {
        "graduation": graduation,
        "form": form,
        "closed": ["Langkah ini tidak terbuka dari keadaan usulan sekarang."] if closed is None else closed,
    }
    answer = context | told(graduation, request.user)
    return render(request, template, answer, status=422 if form and form.errors else 200)
