"""Example data on the database, and the system served with it: what `make demo` runs."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import F

from monitoring.models import Business, DueVisit
from ppks.accounts.models import Installation, User
from ppks.audit.models import Source
from ppks.intake.demo.crowd import make_crowd
from ppks.intake.demo.feedback import make_feedback
from ppks.intake.demo.grants import make_grants
from ppks.intake.demo.history import make_history
from ppks.intake.demo.independence import make_independence
from ppks.intake.demo.meetings import make_meetings
from ppks.intake.demo.plans import make_plans
from ppks.intake.demo.referrals import make_referrals
from ppks.intake.demo.reports import make_reports
from ppks.intake.demo.residents import make_residents
from ppks.intake.demo.service import serve
from ppks.intake.demo.training import make_training
from ppks.intake.demo.users import BOJONEGORO, DEMO_UPT, LOGINS, PARTNER_OFFICE, PASSWORD, make_users, officers
from ppks.intake.importing import import_list
from ppks.kit import dates
from ppks.kit.doors import entered
from ppks.kit.owner import as_owner

LIST = Path(__file__).resolve().parents[2] / "data" / "penerima-2020.xlsx"
RECIPIENTS = 376
EVERY_VISIT = 1_000_000
KEPT_UNVISITED = "ngatini"  # the model case stays as the list tells it, for the first visit of a tour
IMPORTED_AGO = timedelta(days=45)
REFUSED = "DATABASE_URL menunjuk basis data sendiri. Isi ALLOW_DEMO=1 bila data contoh memang boleh dimuat ke sana."


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--no-serve", action="store_true", help="data only")
        parser.add_argument(
            "--people", type=int, default=RECIPIENTS, help="recipients and former clients in all, from 376"
        )
        parser.add_argument("--visits", type=int, default=EVERY_VISIT, help="visits at most")
        parser.add_argument("--seed", type=int, default=2026, help="the same seed gives the same history")

    def handle(self, *args, no_serve, people, visits, seed, **options):
        if settings.OWN_DATABASE and not settings.ALLOW_DEMO:
            raise CommandError(REFUSED)
        call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0)
        with as_owner():
            make_users()
        if not Installation.objects.filter(is_demo=True).exists():
            self._load(people, visits, seed)
        make_meetings(day=dates.today())
        make_feedback()
        make_plans(officers(), day=dates.today(), seed=seed, own_region=BOJONEGORO)
        make_grants(day=dates.today(), own_region=BOJONEGORO)
        make_reports(officers(), day=dates.today(), own_region=BOJONEGORO)
        self.stdout.write(f"Kata sandi: {PASSWORD}")
        self.stdout.write("Pengguna: " + ", ".join(username for username, _, _ in LOGINS))
        self.stdout.flush()
        if not no_serve:
            serve(self.stdout)

    def _load(self, people: int, visits: int, seed: int) -> None:
        """Two steps, each all or nothing; one that was broken off is done again at the next start."""
        day, system = dates.today(), User.objects.system()
        with entered(system, write=True, command="demo"):
            if not Source.objects.filter(name=LIST.name).exists():
                import_list(LIST.read_bytes(), name=LIST.name, by=system)
                make_residents(system, day=day, seed=seed, own_unit=DEMO_UPT)
                make_crowd(max(people - RECIPIENTS, 0), system, day=day, seed=seed)
        with as_owner(), transaction.atomic():
            kept = set(Business.objects.filter(person__name_key=KEPT_UNVISITED).values_list("pk", flat=True))
            self._schedule_earlier(kept, day)
            yesterday = day - timedelta(days=1)
            make_history(officers(), day=yesterday, seed=seed, keep_unvisited=kept, most=visits, own_region=BOJONEGORO)
            make_referrals(officers(), day=day, seed=seed, own_region=BOJONEGORO, partner=PARTNER_OFFICE)
            make_training(seed=seed)
            make_independence(officers(), day=yesterday, own_region=BOJONEGORO, model_case=kept)
            Installation.objects.update(is_demo=True)

    def _schedule_earlier(self, kept: set[int], day) -> None:
        """As if the list had been imported weeks ago, with the model case due today."""
        earlier = {name: F(name) - IMPORTED_AGO for name in ("due_on", "opens_on")}
        DueVisit.objects.update(**earlier)
        DueVisit.objects.filter(business__in=kept).update(due_on=day)
