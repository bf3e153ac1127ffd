"""What happens outside every door: log-in, second factor, own password, the health check."""

import logging
from base64 import b32encode

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash, views
from django.contrib.auth.decorators import login_required
from django.db import Error, connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_otp import login as verify_session
from django_otp.plugins.otp_totp.models import TOTPDevice

from ppks.accounts.forms import CodeForm, LoginForm, OwnPasswordForm
from ppks.accounts.sessions import say_that_it_ended
from ppks.kit.doors import outside
from ppks.kit.kept import waiting_at

log = logging.getLogger(__name__)


class LoginView(views.LoginView):
    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get(self, request, *args, **kwargs):
        say_that_it_ended(request)
        return super().get(request, *args, **kwargs)


login = outside(LoginView.as_view())
logout = outside(views.LogoutView.as_view())


def locked_out(request, response=None, credentials=None):
    """What axes answers after too many failures: how long to wait, for whatever name was tried."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "accounts/locked.html", {"cooloff_minutes": minutes}, status=429)


@outside
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_password(request):
    if request.user.detour(request) == "second_factor":
        return redirect("second_factor")
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, "Kata sandi sudah diganti.")
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "is_first": request.user.must_change_password}
    return render(request, "accounts/password_change.html", context, status=422 if form.errors else 200)


@outside
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request):
    """Enrol a device the first time, prove it every time."""
    device = TOTPDevice.objects.filter(user=request.user).order_by("-confirmed", "pk").first()
    if device is None:
        device = TOTPDevice.objects.create(user=request.user, name="Aplikasi kode", confirmed=False)
    form = CodeForm(request.POST or None, device=device)
    if request.method == "POST" and form.is_valid():
        if not device.confirmed:
            device.confirmed = True
            device.save(update_fields=["confirmed"])
        verify_session(request, device)
        return redirect(waiting_at(request) or settings.LOGIN_REDIRECT_URL)
    template = "accounts/totp_verify.html" if device.confirmed else "accounts/totp_enrol.html"
    context = {"form": form} if device.confirmed else {"form": form} | _enrolment(device)
    return render(request, template, context, status=422 if form.errors else 200)


def _enrolment(device: TOTPDevice) -> dict[str, str]:
    """The key as a picture, and as apps take it when it is typed: base32, in fours."""
    qr_code = segno.make(device.config_url, error="m")
    typed = b32encode(device.bin_key).decode().rstrip("=")
    secret = " ".join(typed[start : start + 4] for start in range(0, len(typed), 4))
    return {"qr_svg": qr_code.svg_inline(scale=5, border=2, svgclass=None, lineclass=None), "secret": secret}


@outside
@require_safe
def healthz(request):
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except Error:
        log.exception("The database does not answer.")
        return HttpResponse("database", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
