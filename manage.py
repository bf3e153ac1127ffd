#!/usr/bin/env python
"""Django's commands, with the embedded PostgreSQL running for as long as the command needs it."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ppks.settings")
    from django.core.management import execute_from_command_line

    from ppks.postgres import embedded

    with embedded():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
