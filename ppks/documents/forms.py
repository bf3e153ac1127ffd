"""The form field behind every attachment."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from ppks.documents.attachments import ACCEPTED, EMPTY, Checked, check

HELP = "Foto (JPEG, PNG, WebP) atau PDF, paling besar 10 MB."


class AttachmentField(forms.FileField):
    """One photo or PDF scan, checked by content: cleans to `attachments.Checked`, ready for `attachments.keep`."""

    default_error_messages = {"empty": EMPTY, "required": "Berkas belum dipilih."}

    def __init__(self, **kwargs):
        super().__init__(**{"widget": forms.FileInput(attrs={"accept": ACCEPTED}), "help_text": HELP} | kwargs)

    def clean(self, data: UploadedFile | None, initial: object = None) -> Checked | None:
        found = super().clean(data, initial)
        return check(found) if isinstance(found, UploadedFile) else None
