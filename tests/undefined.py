"""A variable that one of our own templates prints although nobody defined it is a failure, not an empty place."""

import sys

from django.conf import settings

OURS = str(settings.BASE_DIR / "templates")


class Undefined(str):
    """Stands in for `string_if_invalid`: Django asks it to fill in the name of the variable."""

    __slots__ = ()

    def __contains__(self, text: str) -> bool:
        return text == "%s"

    def __mod__(self, variable: object) -> str:
        template = sys._getframe(1).f_locals["context"].render_context.template
        if str(template.origin.name).startswith(OURS):
            raise AssertionError(f"{template.origin.name} prints {variable}, which nobody defined.")
        return ""
