"""The bell in the app bar: how many notices are unread. One query a page, and none where there is no bell."""

from ppks.inbox.models import Notice
from ppks.kit.prepared import counted


@counted
def _unread(user):
    return {"unread": Notice.objects.visible_to(user).unread()}


def bell(request) -> dict[str, object]:
    """Context processor. The template calls it, inside the door whose role may read notices."""
    match = getattr(request, "resolver_match", None)
    user = getattr(request, "user", None)
    has_bell = match is not None and getattr(match.func, "door", None) and user is not None and user.is_authenticated
    if not has_bell or not user.has_perm("inbox.view"):
        return {"unread": None}
    return {"unread": lambda: _unread(user)["unread"]}
