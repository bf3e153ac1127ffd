"""Permissions come from the role table, so asking for one costs no query; the session's user comes with his reach."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password

from ppks.accounts.models import User


def one_spelling(username: str) -> str:
    """A user name as it is stored, however it was typed."""
    return username.strip().lower()


def tried_username(request, credentials=None) -> str | None:
    """The name whose failures axes counts: spelling it differently gives no further tries."""
    written = (credentials or request.POST).get("username")
    return one_spelling(written) if written else None


class RoleBackend(BaseBackend):
    def authenticate(self, request, username=None, password=None, **kwargs):
        if username is None or password is None:
            return None
        user = User.objects.filter(username=one_spelling(username)).first()
        if user is None:
            make_password(password)  # an unknown name takes as long as a wrong password
            return None
        return user if check_password(password, user.password) and user.is_active else None

    def get_user(self, user_id):
        return User.objects.with_reach().filter(pk=user_id, is_active=True).first()
