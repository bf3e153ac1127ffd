"""What the data of every paper is made of, how it is read from plain values, and how it becomes what is printed."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, ClassVar, NewType, get_args, get_origin, get_type_hints

from ppks.documents.letters import printable
from ppks.kit import dates, rupiah

Rupiah = NewType("Rupiah", int)


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Who signs: in which capacity ("Kepala Dinas Sosial"), name, and what stands under it ("NIP 1970…")."""

    role: str
    name: str = ""
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class Party:
    """A person in a paper. `nik` is printed as it is given: masked, unless the paper needs it whole."""

    name: str
    position: str = ""
    nik: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What every paper says: its day, where it was signed (empty: where the office is), and who signs."""

    LABEL: ClassVar[str]
    COMPUTED: ClassVar[tuple[str, ...]] = ()  # properties that are printed beside the fields

    day: date
    place: str = ""
    signers: tuple[Signer, ...] = ()


def words(amount: int) -> str:
    """An amount spelt: "tiga juta rupiah"."""
    return f"{rupiah.terbilang(amount)} rupiah"


def shaped(shape: Any, value: Any) -> Any:
    """`value` as the dataclass (or list of them) that `shape` says: from a dict of plain values, dates also as ISO text.

    Raises ValueError that names the field, never its content.
    """
    if get_origin(shape) is UnionType:
        return None if value is None else shaped(next(one for one in get_args(shape) if one is not type(None)), value)
    if get_origin(shape) is tuple:
        return tuple(shaped(get_args(shape)[0], one) for one in value)
    if not is_dataclass(shape):
        return _plain(shape, value)
    if isinstance(value, shape):
        return value
    hints, given = get_type_hints(shape), dict(value)
    required = {field.name for field in fields(shape) if field.default is MISSING and field.default_factory is MISSING}
    if wrong := (required - set(given)) | (set(given) - {field.name for field in fields(shape)}):
        raise ValueError(f"{shape.__name__}: {', '.join(sorted(wrong))}")
    try:
        return shape(**{name: shaped(hints[name], one) for name, one in given.items()})
    except (TypeError, AttributeError) as error:
        raise ValueError(shape.__name__) from error


def _plain(shape: Any, value: Any) -> Any:
    if shape is date and isinstance(value, str):
        return date.fromisoformat(value)
    wanted = int if shape is Rupiah else shape
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise TypeError(wanted.__name__)
    return value


def plain(value: Any) -> Any:
    """The data of a paper as JSON can hold it; `shaped` reads it back."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def printed(value: Any, hint: Any) -> Any:
    """What the templates get: texts only, days and amounts as Indonesian offices write them; None stays none."""
    if get_origin(hint) is UnionType:
        return None if value is None else printed(value, next(one for one in get_args(hint) if one is not type(None)))
    if get_origin(hint) is tuple:
        return [printed(one, get_args(hint)[0]) for one in value]
    if is_dataclass(value):
        return {name: printed(getattr(value, name), one) for name, one in _told_by(type(value)).items()}
    if isinstance(value, date):
        return dates.long(value)
    if isinstance(value, int):
        return rupiah.format(value) if hint is Rupiah else f"{value:,}".replace(",", ".")
    return printable(value)


@cache
def _told_by(kind: type) -> dict[str, Any]:
    """The fields of a data class and what it computes, each with its type."""
    hints = get_type_hints(kind)
    computed = {name: get_type_hints(getattr(kind, name).fget)["return"] for name in getattr(kind, "COMPUTED", ())}
    return {field.name: hints[field.name] for field in fields(kind)} | computed
