"""Write docs/roles.md and docs/workflows.md from the tables in the code; with --check only say whether they are stale."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from ppks.dashboard.documents import PAGES


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="exit 1 when a page is stale")

    def handle(self, *args, check, **options):
        stale = []
        for name, page in PAGES.items():
            path, text = settings.BASE_DIR / name, page()
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
                if not check:
                    path.write_text(text, encoding="utf-8")
        self.stdout.write(f"{'stale' if check else 'written'}: {', '.join(stale)}" if stale else "up to date")
        if check and stale:
            sys.exit(1)
