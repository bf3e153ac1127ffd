"""The pages without log-in: leaving a report, and reading what became of it. They set no cookie and need no script."""

from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from monitoring.feedback import public
from monitoring.feedback.public_forms import CheckForm, FeedbackForm, new_pass
from ppks.kit.doors import public_form
from ppks.kit.patience import address_of

LARGEST = 64_000  # bytes; the longest report with all its fields is far below
BUSY = (
    "Terlalu banyak laporan dalam waktu singkat, jadi laporan ini belum terkirim. Isian Anda masih ada: coba lagi "
    "sepuluh menit lagi, atau datang ke Dinas Sosial kabupaten/kota."
)
TOO_OFTEN = "Terlalu sering salah. Coba lagi sepuluh menit lagi."
UNKNOWN = "Nomor tiket dan kata rahasia ini tidak cocok. Periksa lagi catatan Anda."


def _too_large(request) -> bool:
    size = request.META.get("CONTENT_LENGTH") or "0"
    return not size.isdigit() or int(size) > LARGEST


@csrf_exempt  # there is no session to protect, and no cookie is wanted; the form's own pass makes it count once
@public_form
def feedback_send(request):
    if request.method == "POST" and _too_large(request):
        return render(request, "feedback/too_large.html", status=413)
    if request.method != "POST":
        form = FeedbackForm(initial={"sent": new_pass(), "region": request.GET.get("kab", "")})
        return render(request, "feedback/feedback_send.html", {"form": form})
    form, status = FeedbackForm(request.POST), 422
    if form.is_valid():
        try:
            receipt = public.leave(form.given(), nonce=form.nonce, address=address_of(request))
        except public.TooManyReports:
            form.add_error(None, BUSY)
            status = 429
        else:
            return render(request, "feedback/feedback_sent.html", {"receipt": receipt})
    return render(request, "feedback/feedback_send.html", {"form": form.renewed()}, status=status)


@csrf_exempt
@public_form
def feedback_check(request):
    """What became of one's own report; the number and the secret travel in the body, never in the address."""
    if request.method == "POST" and _too_large(request):
        return render(request, "feedback/too_large.html", status=413)
    form, status, standing = CheckForm(request.POST or None), 200, None
    if request.method == "POST" and form.is_valid():
        try:
            standing = public.ask(**form.cleaned_data, address=address_of(request))
        except public.TooManyReports:
            form.add_error(None, TOO_OFTEN)
            status = 429
        else:
            if standing is None:
                form.add_error(None, UNKNOWN)
    if form.errors and status == 200:
        status = 422
    return render(request, "feedback/feedback_check.html", {"form": form, "standing": standing}, status=status)
