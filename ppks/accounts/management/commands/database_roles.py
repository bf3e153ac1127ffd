"""Print the SQL that makes the database roles; for the server's superuser, safe to run again."""

from django.conf import settings
from django.core.management.base import BaseCommand

from ppks.kit.roles import roles_sql


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def handle(self, *args, **options):
        self.stdout.write(roles_sql(settings.DATABASE_ROLE_PREFIX))
