"""Django's admin behind a door of its own: it runs in the role `admin`, and a GET cannot write."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.admin import AdminSite
from django.shortcuts import redirect
from django.urls import path

from ppks.kit.doors import entered, settled

STAY_OUTSIDE = {"logout", "password_change", "password_change_done"}  # they touch sessions and log-in records


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the admin that shows something and changes nothing; `view(request)` answers a GET."""

    name: str
    address: str
    label: str
    view: Callable


class Site(AdminSite):
    site_title = site_header = "PPKS Mandiri – pengelolaan"
    index_title = "Pengguna, data acuan, ambang"

    def __init__(self, name: str = "admin"):
        super().__init__(name)
        self.sheets: list[Sheet] = []

    def show(self, sheet: Sheet) -> None:
        """Add a page beside the tables; apps do it where they register their tables."""
        self.sheets.append(sheet)

    def get_urls(self):
        return [
            path(sheet.address, self._seated(sheet.view), name=sheet.name) for sheet in self.sheets
        ] + super().get_urls()

    def _seated(self, view: Callable) -> Callable:
        seated = self.admin_view(view)
        seated.admin_site = self  # by which the check of doors knows the admin's pages
        return seated

    def index(self, request, extra_context=None):
        return super().index(request, {"sheets": self.sheets} | (extra_context or {}))

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)
        if view.__name__ in STAY_OUTSIDE:
            return inner

        def guarded(request, *args, **kwargs):
            if not self.has_permission(request):
                return inner(request, *args, **kwargs)  # redirects to log-in
            if detour := request.user.detour(request):
                return redirect(detour)
            with entered(request.user, write=request.method == "POST", view=f"admin:{request.resolver_match.url_name}"):
                return settled(inner(request, *args, **kwargs))

        return guarded

    def login(self, request, extra_context=None):
        return redirect("login")

    def password_change(self, request, extra_context=None):
        return redirect("own_password")


site = Site()
