"""Addresses of pages by name and keys: Django finds each kind once a process, after that only its keys change."""

from functools import cache
from typing import Any

from django.template.base import Node
from django.template.defaulttags import URLNode
from django.urls import reverse

MARK = 1_999_000_001  # stands for a key while Django finds the address


def address(name: str, *keys: Any) -> str:
    """What `reverse` finds; quick where all keys are whole numbers. Raises NoReverseMatch for what no page has."""
    if keys and all(type(key) is int and key >= 0 for key in keys):
        return _shape(name, len(keys)) % keys
    return reverse(name, args=keys)


@cache
def _shape(name: str, number: int) -> str:
    """The address with a place for each key, in their order."""
    marks = range(MARK, MARK + number)
    shape = reverse(name, args=marks).replace("%", "%%")
    for mark in marks:
        shape = shape.replace(str(mark), "%d")
    return shape


class AddressNode(URLNode):
    """Django's `{% url %}`, with the addresses of rows found as above: a list has a hundred of them."""

    def render(self, context: Any) -> str:
        if not self.args or self.kwargs or self.asvar:
            return super().render(context)
        return address(self.view_name.resolve(context), *(key.resolve(context) for key in self.args))

    @classmethod
    def of(cls, node: URLNode) -> Node:
        return cls(node.view_name, node.args, node.kwargs, node.asvar)
