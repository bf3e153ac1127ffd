"""Every address of the system."""

from django.urls import include, path

from ppks.accounts import views as accounts
from ppks.kit.admin import site

handler400 = "ppks.kit.asof.refused"

urlpatterns = [
    path("masuk/", accounts.login, name="login"),
    path("keluar/", accounts.logout, name="logout"),
    path("sandi/", accounts.own_password, name="own_password"),
    path("kode/", accounts.second_factor, name="second_factor"),
    path("healthz", accounts.healthz, name="healthz"),
    path("admin/", site.urls),
    path("", include("ppks.inbox.urls")),
    path("", include("ppks.documents.urls")),
    path("", include("clients.urls")),
    path("", include("grants.urls")),
    path("", include("grants.budget.urls")),
    path("", include("grants.decrees.urls")),
    path("", include("grants.payments.urls")),
    path("", include("monitoring.urls")),
    path("", include("monitoring.meetings.urls")),
    path("", include("monitoring.plans.urls")),
    path("", include("monitoring.feedback.urls")),
    path("", include("monitoring.referrals.urls")),
    path("", include("monitoring.independence.urls")),
    path("", include("monitoring.reports.urls")),
    path("", include("ppks.intake.urls")),
    path("", include("ppks.dashboard.urls")),
]
