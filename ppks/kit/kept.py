"""What somebody typed when his session had ended: kept, sealed, in the new and nameless session until he is back."""

import json

from django.core import signing
from django.http import HttpRequest

from ppks.kit.sealed import box

FIELD = "isian"  # the hidden input that says whose form this is, and of which page
SALT = "ppks.kit.kept"
SESSION_KEY = "kept"
LONGEST = 100_000  # letters; no form of ours comes near
NOT_KEPT = {FIELD, "csrfmiddlewaretoken", "step"}


def pass_for(request: HttpRequest) -> str:
    """What a form carries in `FIELD`, so that what is typed into it can only come back to the same person and page."""
    return signing.dumps([request.user.pk, request.path], salt=SALT)


def typed(request: HttpRequest) -> dict[str, list[str]]:
    """The answers of a form as they were sent, without what only serves the sending."""
    return {name: values for name, values in request.POST.lists() if name not in NOT_KEPT}


def keep(request: HttpRequest) -> bool:
    """Keep the answers of a form that arrived without a session; False for anything but such a form. Files are lost."""
    if request.method != "POST" or FIELD not in request.POST:
        return False
    try:
        user, path = signing.loads(request.POST[FIELD], salt=SALT)
    except signing.BadSignature:
        return False
    answers = json.dumps([user, path, typed(request)])
    if path != request.path or len(answers) > LONGEST:
        return False
    request.session[SESSION_KEY] = box().encrypt(answers.encode()).decode()
    return True


def _kept(request: HttpRequest) -> tuple[int, str, dict[str, list[str]]] | None:
    sealed = request.session.get(SESSION_KEY)
    return json.loads(box().decrypt(sealed.encode())) if sealed else None


def waiting_at(request: HttpRequest) -> str | None:
    """The page whose answers wait in this session, whoever they belong to."""
    kept = _kept(request)
    return kept[1] if kept else None


def kept_for(request: HttpRequest) -> dict[str, list[str]] | None:
    """The answers that wait for this person on this page."""
    kept = _kept(request)
    return kept[2] if kept and kept[:2] == [request.user.pk, request.path] else None


def forget(request: HttpRequest) -> None:
    """Once the answers have arrived again."""
    request.session.pop(SESSION_KEY, None)
