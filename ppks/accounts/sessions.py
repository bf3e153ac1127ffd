"""Sessions end: after an hour without a request, and after twelve hours in any case."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.dispatch import receiver
from django.shortcuts import redirect
from django.utils import timezone

from ppks.kit.kept import keep, waiting_at

BEGUN, LAST = "begun_at", "last_seen_at"
TICK = timedelta(minutes=1)  # how precisely idleness is known; finer would write the session on every request


@receiver(user_logged_in)
def start(sender, request, **kwargs) -> None:
    """A log-in starts both clocks."""
    now = timezone.now().isoformat()
    request.session.update({BEGUN: now, LAST: now})


def _since(session, key: str) -> timedelta:
    written = session.get(key)
    return timezone.now() - datetime.fromisoformat(written) if written else timedelta.max


class SessionClock:
    """Middleware: logs out who stayed away too long, and says so on the log-in page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        session = request.session
        if BEGUN in session:
            idle = _since(session, LAST)
            if idle > settings.SESSION_IDLE or _since(session, BEGUN) > settings.SESSION_LIFETIME:
                return self._end(request)
            if idle > TICK:
                session[LAST] = timezone.now().isoformat()
        return self.get_response(request)

    @staticmethod
    def _end(request):
        logout(request)
        request.session["ended"] = True  # the message framework comes later in the chain; the log-in page says it
        return redirect_to_login(request.path) if keep(request) else redirect(settings.LOGIN_URL)


def say_that_it_ended(request) -> None:
    """On the log-in page: why the person is here again."""
    if request.session.pop("ended", False):
        messages.info(
            request, "Sesi Anda berakhir karena lama tidak dipakai. Silakan masuk lagi; yang sudah disimpan tetap ada."
        )
    if waiting_at(request):
        messages.info(request, "Isian formulir Anda tidak hilang: masuk lagi, lalu lanjutkan dari formulir itu.")
