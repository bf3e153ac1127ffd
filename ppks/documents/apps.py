"""Attachments and official papers."""

from django.apps import AppConfig

from ppks.kit.contributions import contribute


class DocumentsConfig(AppConfig):
    name = "ppks.documents"
    label = "documents"
    verbose_name = "Surat dan lampiran"

    def ready(self):
        from ppks.documents import admin, periodic  # noqa: F401
        from ppks.documents.letterheads import TABLES

        contribute("reference", *TABLES)
