"""What the clock tidies of log-ins and background jobs: sessions that ended, results of jobs that nobody asks for."""

from datetime import date, timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ppks.kit.contributions import contribute
from ppks.kit.periodic import Work

RESULTS_KEPT = timedelta(days=30)


def forget_sessions(day: date) -> str:
    """Sessions past their end; a form kept in one goes with it."""
    gone, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return f"{gone} sesi yang sudah berakhir dibuang."


def forget_results(day: date) -> str:
    """Jobs that ended long ago; what they made stays."""
    gone, _ = DBTaskResult.objects.filter(finished_at__lt=timezone.now() - RESULTS_KEPT).delete()
    return f"{gone} catatan pekerjaan latar yang lama dibuang."


contribute("tick", Work("sesi", forget_sessions), Work("pekerjaan latar", forget_results))
