"""Import a list of recipients: counts and problems; exit 0 clean, 1 errors and nothing written, 2 not a readable workbook."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ppks.accounts.models import User
from ppks.accounts.roles import SYSTEM
from ppks.intake.container import NotReadable
from ppks.intake.importing import NoListDate, import_list
from ppks.kit import dates
from ppks.kit.doors import entered

ERRORS, UNREADABLE = 1, 2
COUNTS = "{people} orang di {regions} kab/kota: {new} baru, {changed} berubah, {same} sama; tanggal daftar {list_date}"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="read and compare, write nothing")
        parser.add_argument("--json", action="store_true", dest="as_json", help="answer as JSON")
        parser.add_argument("--user", default=SYSTEM, help="in whose name")
        parser.add_argument("--as-of", type=dates.parse, help="the list's date, when the list does not say it")

    def handle(self, *args, file, dry_run, as_json, user, as_of, **options):
        actor = User.objects.with_reach().filter(username=user).first()
        if actor is None or not actor.has_perm("intake.import"):
            raise CommandError(f"Pengguna “{user}” tidak ada atau tidak berhak mengimpor.")
        try:
            content = file.read_bytes()
            with entered(actor, write=not dry_run, command="import_recipients"):
                answer = import_list(content, name=file.name, by=actor, dry_run=dry_run, as_of=as_of)
        except NoListDate as error:
            raise CommandError(f"{error} Tambahkan --as-of, misalnya --as-of 2020-08-26.") from error
        except (NotReadable, OSError) as error:
            self.stderr.write(str(error))
            sys.exit(UNREADABLE)
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1) if as_json else _words(answer))
        if any(problem["severity"] == "error" for problem in answer["problems"]):
            sys.exit(ERRORS)


def _words(answer: dict) -> str:
    problems = ("{severity}: {sheet}!{cell} {message}".format(**problem) for problem in answer["problems"])
    return "\n".join([COUNTS.format(**answer), *problems])
