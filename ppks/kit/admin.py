"""Django's admin behind a door of its own: it runs in the role `admin`, and a GET cannot write."""

from django.contrib.admin import AdminSite
from django.shortcuts import redirect

from ppks.kit.doors import entered, settled

STAY_OUTSIDE = {"logout", "password_change", "password_change_done"}  # they touch sessions and log-in records


class Site(AdminSite):
    site_title = site_header = "PPKS Mandiri – pengelolaan"
    index_title = "Pengguna, data acuan, ambang"

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
