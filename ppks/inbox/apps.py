"""The inbox: reminders to people who log in, low in the house so that every app above can send them."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "ppks.inbox"
    label = "inbox"
    verbose_name = "Kotak masuk"
