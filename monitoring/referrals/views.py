"""Rujukan: the list, one referral with its answers, and sending one with the person's consent."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from clients.models import Person
from clients.pages import frame, get_person
from monitoring.referrals.forms import ReferralForm
from monitoring.referrals.lists import lines, referrals, tabs
from monitoring.referrals.models import Referral
from monitoring.referrals.moves import OPEN, REFERRAL, SEND
from monitoring.referrals.pages import buttons, events, newest_link, standing_consent
from monitoring.referrals.shown import shown_to_partners
from ppks.inbox.sending import Everybody, notify
from ppks.kit import dates
from ppks.kit.doors import action, form_page, page, seen
from ppks.kit.roles import PARTNER
from ppks.kit.sheets import downloads


@page("referrals.view_referral")
def referral_list(request):
    listing = referrals(request, dates.today())
    shown = listing.page()
    context = {
        "list": shown,
        "rows": lines(shown.rows, request.user, listing.day),
        "tabs": tabs(listing),
        "day": listing.day,
        "is_partner": request.user.role_entry.enters == PARTNER,
        "downloads": downloads(request.user, "rujukan", listing),
    }
    return render(request, "referrals/referral_list.html", context)


def get_referral(request, pk: int) -> Referral:
    """The referral in reach as it stands; 404 otherwise, also for a partner once the consent was taken back."""
    rows = Referral.objects.visible_to(request.user).as_of(dates.today()).select_related("office", "region")
    return get_object_or_404(rows, pk=pk)


@page("referrals.view_referral")
def referral_detail(request, pk):
    referral, user = get_referral(request, pk), request.user
    is_partner = user.role_entry.enters == PARTNER
    person = Person.objects.visible_to(user).filter(pk=referral.person_id).first()
    if person:
        seen(request, person.identity_id)
    masked = "asked" in referral.get_deferred_fields()
    told = lines([referral], user, dates.today())
    if not told:  # the consent was taken back in this very moment
        raise Http404
    context = {
        "referral": referral,
        "line": told[0],
        "person": person,
        "shown": None if masked else shown_to_partners([pk]).get(pk),
        "is_masked": masked,
        "is_partner": is_partner,
        "events": events(referral, user),
        "moves": buttons(referral, user),
        "link": newest_link(referral, user) if user.has_perm(SEND) else None,
        "may_link": user.has_perm(SEND) and referral.status in OPEN,
    }
    return render(request, "referrals/referral_detail.html", context)


@action("referrals.view_referral")
def referral_move(request, pk, move):
    if move not in REFERRAL.moves:
        raise Http404
    referral = get_object_or_404(Referral.objects.visible_to(request.user), pk=pk)
    try:
        REFERRAL.make(move, referral, by=request.user, note=request.POST.get("note", ""))
    except Referral.DoesNotExist:  # the consent was taken back in this very moment
        raise Http404 from None
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, f"{referral}: {referral.get_status_display().lower()}.")
    return redirect("referral_detail", pk)


@form_page("referrals.send_referral")
def referral_send(request, pk):
    """One address for asking, checking and sending; without consent it says what is missing."""
    person = get_person(request, pk)
    consent, context = standing_consent(person, request.user), frame(request, person, "")
    if consent is None:
        return render(request, "referrals/referral_closed.html", context, status=422 if request.POST else 200)
    form = ReferralForm(
        request.POST or None,
        person=person,
        consent=consent,
        user=request.user,
        initial={"business": request.GET.get("usaha", ""), "shared": consent.shared},
    )
    context |= {"form": form, "consent": consent}
    is_valid = request.method == "POST" and form.is_valid()
    if is_valid and request.POST.get("step") == "store":
        return _send(request, person, consent, form)
    if is_valid and request.POST.get("step") != "edit":
        answers = [(name, value) for name, values in request.POST.lists() for value in values]
        hidden = [(name, value) for name, value in answers if name in form.fields]
        return render(request, "referrals/referral_check.html", context | {"answers": hidden})
    return render(request, "referrals/referral_send.html", context, status=422 if form.errors else 200)


def _send(request, person, consent, form):
    key = form.cleaned_data.pop("key")
    values = form.cleaned_data | {"person": person, "consent": consent, "by": request.user, "sent_on": dates.today()}
    rows = Referral.objects.visible_to(request.user)
    try:
        with transaction.atomic():
            referral, is_new = rows.get_or_create(key=key, defaults=values)
    except IntegrityError as error:
        messages.error(request, error.__cause__.diag.message_primary)
        return redirect("referral_send", person.pk)
    if is_new:
        notify(
            key=f"referral:{referral.pk}:sent",
            to=Everybody("partner", referral.office_id),
            text=f"{referral} dari Dinas Sosial menunggu jawaban kantor Anda.",
            url="referral_detail",
            args=[referral.pk],
        )
    messages.success(request, f"{referral} dikirim ke {referral.office}.")
    return redirect("referral_detail", referral.pk)
