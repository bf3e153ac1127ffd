"""Columns computed from other columns whenever a row is written, by `save` and `bulk_create` alike."""

from collections.abc import Callable

from django.db import models

from ppks.kit.sealed import Sealed, blind_index


class ComputedText(models.TextField):
    """`compute(value of field "of")`. Name the source field and this one together in `update_fields`."""

    def __init__(self, *args, of: str, compute: Callable[[str], str | None], **kwargs):
        self.of, self.compute = of, compute
        super().__init__(*args, **{"editable": False, "blank": True} | kwargs)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def clone(self):
        _, _, args, kwargs = self.deconstruct()
        return type(self)(*args, of=self.of, compute=self.compute, **kwargs)

    def pre_save(self, instance, add):
        value = self.compute(getattr(instance, self.of))
        setattr(instance, self.attname, value)
        return value


def index_of(secret: Sealed | str | None) -> str | None:
    """The blind index of a sealed value; None for none, so that a blank never equals a blank."""
    if not secret:
        return None
    return blind_index(secret.reveal() if isinstance(secret, Sealed) else secret)
