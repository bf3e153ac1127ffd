"""A person's consents: what holds for each purpose, recording one, taking one back, and the text as it is read out."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from clients.consent_forms import ConsentForm, WithdrawForm
from clients.consent_texts import TEXTS, Purpose, Shared, current, text_of
from clients.consents import Consent, ConsentWithdrawal, in_force
from clients.pages import frame, get_person
from clients.timeline import consents as told_of_consents
from ppks.documents.attachments import keep
from ppks.kit import dates
from ppks.kit.doors import form_page, page

TAB = "person_consents"


@page("clients.view_person")
def person_consents(request, pk):
    person = get_person(request, pk)
    rows = Consent.objects.visible_to(request.user).filter(person=person).select_related("withdrawal")
    rows = list(rows.defer("withdrawal__reason"))
    context = frame(request, person, TAB) | {
        "standings": [_standing(person, purpose, rows) for purpose in Purpose],
        "events": sorted(told_of_consents(person, request.user), key=lambda event: event.on, reverse=True),
    }
    return render(request, "clients/person_consents.html", context)


def _standing(person, purpose, rows):
    """What was last said for one purpose."""
    last = next((row for row in rows if row.purpose == purpose), None)
    withdrawal = getattr(last, "withdrawal", None)
    return {
        "purpose": purpose,
        "consent": last,
        "withdrawal": withdrawal,
        "holds": last is not None and withdrawal is None,
        "is_newest_text": last is None or last.text_version == current(purpose).version,
        "give_url": reverse("consent_give", args=[person.pk, purpose.value]),
        "text_url": reverse("consent_text", args=[purpose.value, (last.text if last else current(purpose)).version]),
    }


@form_page("clients.record_consent")
def consent_give(request, pk, purpose):
    if purpose not in TEXTS:
        raise Http404
    person, text = get_person(request, pk), current(purpose)
    form = ConsentForm(request.POST or None, request.FILES or None, person=person, purpose=purpose, text=text)
    if request.method == "POST" and form.is_valid():
        _record(request.user, person, purpose, form.cleaned_data)
        messages.success(request, f"Persetujuan dicatat: {Purpose(purpose).label.lower()}.")
        return redirect(TAB, pk)
    context = frame(request, person, TAB) | {
        "form": form,
        "text": text,
        "purpose": Purpose(purpose),
        "before": in_force(person, purpose, dates.today()),
    }
    return render(request, "clients/consent_give.html", context, status=422 if form.errors else 200)


def _record(user, person, purpose, typed):
    """Once a form, however often it is sent."""
    rows, key, scan = Consent.objects.visible_to(user), typed.pop("key"), typed.pop("scan")
    if rows.filter(key=key).exists():
        return
    kept = keep(scan, region_id=person.region_id, by=user, subjects=[person.identity_id]) if scan else None
    rows.get_or_create(key=key, defaults=typed | {"person": person, "purpose": purpose, "scan": kept, "by": user})


@form_page("clients.record_consent")
def consent_withdraw(request, pk):
    consent = get_object_or_404(Consent.objects.visible_to(request.user), pk=pk)
    person = get_person(request, consent.person_id)
    if in_force(person, consent.purpose, dates.today()) != consent:
        messages.info(request, "Persetujuan ini sudah tidak berlaku; tidak perlu dicabut lagi.")
        return redirect(TAB, person.pk)
    form = WithdrawForm(request.POST or None, consent=consent)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data | {"by": request.user}
        ConsentWithdrawal.objects.visible_to(request.user).get_or_create(consent=consent, defaults=values)
        messages.success(request, f"Persetujuan dicabut. {consent.text.effects}")
        return redirect(TAB, person.pk)
    context = frame(request, person, TAB) | {"form": form, "consent": consent}
    return render(request, "clients/consent_withdraw.html", context, status=422 if form.errors else 200)


@page("clients.view_person")
def consent_text(request, purpose, version):
    try:
        text = text_of(purpose, version)
    except KeyError:
        raise Http404 from None
    shared = Shared.labels if purpose == Purpose.SHARE else []
    context = {"text": text, "shared": shared, "is_current": text == current(purpose)}
    return render(request, "clients/consent_text.html", context)
