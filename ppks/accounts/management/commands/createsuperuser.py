"""Django's `createsuperuser`, logged in as the owner of the tables."""

from django.contrib.auth.management.commands.createsuperuser import Command as Django

from ppks.kit.owner import as_owner


class Command(Django):
    def handle(self, *args, **options):
        with as_owner():
            return super().handle(*args, **options)
