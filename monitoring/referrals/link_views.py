"""Answering by link: making one, the letter and message that carry it, and the public page where it is used.

The public page shows nothing about the person until a button is pressed, since whoever previews an address opens it, too.
"""

import json
from urllib.parse import quote
from uuid import uuid4

import segno
from django.contrib import messages
from django.db import IntegrityError, connection, transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe

from monitoring.referrals.forms import AnswerForm
from monitoring.referrals.links import FIRST, FOLLOWING, ReferralLink, fingerprint, is_ours, token_of
from monitoring.referrals.models import Referral
from monitoring.referrals.moves import ReferralStatus
from monitoring.referrals.pages import newest_link
from monitoring.referrals.shown import shown
from monitoring.referrals.views import get_referral
from ppks.kit import dates
from ppks.kit.doors import action, page, public_form

REFUSED = {  # status, heading, what to do
    "unknown": (404, "Tautan ini tidak dikenal", "Alamatnya tidak lengkap atau berubah. Salin lagi seluruh tautannya."),
    "used": (410, "Tautan ini sudah dipakai", "Jawaban sudah tercatat. Satu tautan hanya untuk satu jawaban."),
    "replaced": (410, "Tautan ini sudah diganti", "Pakai tautan yang terakhir dikirim oleh Dinas Sosial."),
    "expired": (410, "Tautan ini sudah kedaluwarsa", "Minta tautan baru kepada Dinas Sosial."),
    "moved": (410, "Rujukan ini sudah berubah", "Rujukan ini sudah dijawab atau ditarik lewat jalan lain."),
    "closed": (410, "Data ini tidak lagi dibuka", "Orangnya mencabut persetujuan. Tidak ada yang perlu Anda jawab."),
}


@action("referrals.send_referral")
def referral_link(request, pk):
    """Make a link for the state that holds; an earlier one stops working."""
    referral = get_referral(request, pk)
    key = uuid4()
    lasts = FIRST if referral.status == ReferralStatus.SENT else FOLLOWING
    try:
        with transaction.atomic():
            ReferralLink.objects.visible_to(request.user).create(
                key=key,
                token_hash=fingerprint(token_of(key)),
                referral=referral,
                version=referral.version,
                by=request.user,
                expires_at=timezone.now() + lasts,
            )
    except IntegrityError as error:
        messages.error(request, error.__cause__.diag.message_primary)
        return redirect("referral_detail", pk)
    return redirect("referral_letter", pk)


@page("referrals.send_referral")
def referral_letter(request, pk):
    """The letter to print, with the link as address and QR, and a message to send by WhatsApp."""
    referral = get_referral(request, pk)
    link = newest_link(referral, request.user)
    if link is None:
        messages.info(request, "Belum ada tautan yang berlaku. Buat tautan dulu.")
        return redirect("referral_detail", pk)
    address = request.build_absolute_uri(link.address)
    until = dates.long(timezone.localtime(link.expires_at, dates.JAKARTA).date())
    text = (
        f"Yth. {referral.office}. Dinas Sosial Provinsi Jawa Timur meminta bantuan kantor Anda "
        f"({referral.get_kind_display().lower()}). Mohon dibuka dan dijawab paling lambat {until}: {address}"
    )
    code = segno.make(address, error="m").svg_inline(scale=4, border=2, svgclass=None, lineclass=None)
    context = {
        "referral": referral,
        "address": address,
        "until": until,
        "message": text,
        "whatsapp": f"https://wa.me/{referral.office.phone.lstrip('+')}?text={quote(text)}",
        "qr_svg": mark_safe(code),
    }
    return render(request, "referrals/referral_letter.html", context)


def _asked(sql: str, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


def _read(text: str | None) -> dict | None:
    return json.loads(text) if text else None


@public_form
def referral_answer(request, token):
    """GET shows whom it is for; a first POST opens the data, a second one answers and uses the link up."""
    mark = fingerprint(token)
    state = _asked("select referral_link_state(%s)", mark) if is_ours(token) else "unknown"
    about = _read(_asked("select referral_link_about(%s)::text", mark)) if state == "open" else None
    if about is None:
        return _refuse_now(request, mark, state)
    about |= {name: dates.parse(about[name][:10]) for name in ("sent_on", "expires_at")}
    context = {"about": about, "kind": Referral.Kind(about["kind"]).label}
    if request.method != "POST":
        return render(request, "referrals/answer_begin.html", context)
    is_answer = "answer" in request.POST or "note" in request.POST
    form = AnswerForm(request.POST if is_answer else None, status=about["status"])
    if is_answer and form.is_valid():
        return _answer(request, mark, form, context)
    opened = _read(_asked("select referral_link_open(%s)::text", mark))
    if opened is None:
        return _refuse_now(request, mark, state)
    context |= {"form": form, "asked": opened["asked"], "shown": shown(opened["data"])}
    return render(request, "referrals/answer_form.html", context, status=422 if form.errors else 200)


def _answer(request, mark: str, form: AnswerForm, context: dict):
    answer, key = form.cleaned_data["answer"], uuid4()
    until = timezone.now() + FOLLOWING
    said = _asked(
        "select referral_link_answer(%s, %s, %s, %s, %s, %s)",
        *(mark, answer, form.cleaned_data["note"], str(key), fingerprint(token_of(key)), until),
    )
    if said != "answered":
        return _refuse(request, said)
    following = request.build_absolute_uri(ReferralLink(key=key).address) if answer == "accept" else ""
    context |= {"target": form.target[answer].label, "following": following}
    return render(request, "referrals/answer_done.html", context)


def _refuse_now(request, mark: str, state: str):
    """A link that was open a moment ago has been used or withdrawn since, so its state is asked again."""
    return _refuse(request, _asked("select referral_link_state(%s)", mark) if state == "open" else state)


def _refuse(request, state: str):
    status, heading, text = REFUSED[state]
    return render(request, "referrals/answer_refused.html", {"heading": heading, "text": text}, status=status)
