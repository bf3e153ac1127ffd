"""Attachments and official papers."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "ppks.documents"
    label = "documents"
    verbose_name = "Surat dan lampiran"

    def ready(self):
        from ppks.documents import periodic  # noqa: F401
