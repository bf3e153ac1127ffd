"""How values are dressed on every page: rupiah, days, counts, shares, icons, inputs. A built-in library: nothing to load."""

from datetime import date, datetime
from functools import cache, lru_cache
from html import escape
from typing import Any

from django import template
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.widgets import CheckboxInput, Select
from django.template.defaulttags import url as stock_url
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from heroicons.templatetags.heroicons import heroicon_outline

from ppks.kit import dates, phones
from ppks.kit import rupiah as money
from ppks.kit.addresses import AddressNode
from ppks.kit.charts.tables import Cell, dotted
from ppks.kit.charts.tables import percent as share

register = template.Library()
NOTHING = "–"
KEPT = 200  # drawings, of 20 kB at most

# What an icon means here -> what heroicons calls it.
ICONS = {
    # the six states of a business, and its trend
    "growing": "arrow-trending-up",
    "steady": "equals",
    "stagnant": "pause",
    "declining": "arrow-trending-down",
    "closed": "x-mark",
    "unknown": "question-mark-circle",
    "rising": "arrow-trending-up",
    "flat": "arrow-long-right",
    "falling": "arrow-trending-down",
    # doing something
    "search": "magnifying-glass",
    "plus": "plus",
    "edit": "pencil-square",
    "close": "x-mark",
    "download": "arrow-down-tray",
    "upload": "arrow-up-tray",
    "print": "printer",
    "filter": "funnel",
    "merge": "arrows-right-left",
    "send": "paper-airplane",
    "undo": "arrow-uturn-left",
    # going somewhere
    "menu": "bars-3",
    "back": "chevron-left",
    "next": "chevron-right",
    "open": "chevron-down",
    "outside": "arrow-top-right-on-square",
    "logout": "arrow-right-start-on-rectangle",
    # saying something
    "check": "check",
    "info": "information-circle",
    "ok": "check-circle",
    "warning": "exclamation-triangle",
    "error": "exclamation-circle",
    "lock": "lock-closed",
    "key": "key",
    "eye": "eye",
    # things
    "person": "user",
    "people": "users",
    "phone": "phone",
    "place": "map-pin",
    "home": "home",
    "shop": "building-storefront",
    "office": "building-office",
    "calendar": "calendar",
    "clock": "clock",
    "money": "banknotes",
    "document": "document-text",
    "photo": "photo",
    "chat": "chat-bubble-left-right",
    "inbox": "inbox",
    "bell": "bell",
    "sync": "arrow-path",
    "chart": "chart-bar",
}


@register.filter
def rupiah(value: int | None) -> str:
    """Rp3.000.000; a dash for none."""
    return NOTHING if value is None or value == "" else money.format(int(value))


@register.filter
def number(value: Any) -> Any:
    """1.234 for whole numbers; a dash for none; words stay as they are."""
    if value is None or value == "":
        return NOTHING
    return dotted(value) if isinstance(value, int) else value


@register.filter
def percent(value: float | None, whole: int | None = None) -> str:
    """`{{ 29|percent:38 }}` is 76%; without a whole the value is in percent already: 12.5 is 12,5%."""
    if value is None or value == "":
        return NOTHING
    if whole is not None:
        return share(int(value), int(whole))
    return f"{value:.1f}".removesuffix(".0").replace(".", ",") + "%"


SWATCH = """<svg class="swatch" viewBox="0 0 13 13" aria-hidden="true" focusable="false">\
<rect x=".5" y=".5" width="12" height="12" rx="3" class="{}"{}/></svg>"""
HATCHED = ' fill="url(#hatch)"'


@register.filter
def linked(cell: Cell) -> SafeString:
    """A cell of a table: its swatch, its text as a link to its rows, its note. Written here, since pages have many."""
    text = _escaped(cell.text)
    if cell.url:
        marked = "data-sum" if cell.is_sum else "data-figure" if cell.is_count else ""
        mark = f' {marked}="{_escaped(cell.value)}"' if marked else ""
        text = f'<a href="{_escaped(cell.url)}"{mark}>{text}</a>'
    if cell.fill:
        text = SWATCH.format(_escaped(cell.fill), HATCHED if cell.fill == "fill-unknown" else "") + text
    if cell.note:
        text += f' <span class="quiet desk-only">{_escaped(cell.note)}</span>'
    return mark_safe(text)  # each part is escaped


@register.filter
def cells(row: list[tuple[str, Cell]]) -> SafeString:
    """The cells of a row, each with its heading for a phone; the first one names the row. Written here for the same reason."""
    (_, name), *numbers = row
    keyed = " keyed" if name.fill else ""
    found = [f'<td role="cell" class="c-name{keyed}">{linked(name)}</td>']
    for column, cell in numbers:
        heading = f'<span class="phone-only quiet">{_escaped(column)} </span>' if cell.text else ""
        found.append(f'<td role="cell" class="c-wide num">{heading}{linked(cell) if cell.text else ""}</td>')
    return mark_safe("".join(found))  # each part is escaped


def _escaped(value: object) -> str:
    """As templates escape it, without what makes a filter of theirs slow."""
    return value if isinstance(value, SafeString) else escape(str(value))


@register.filter
def day(value: date | None) -> str:
    """26 Agustus 2020"""
    return _as_day(value, dates.long)


@register.filter
def day_short(value: date | None) -> str:
    """26 Agu 2020"""
    return _as_day(value, dates.short)


@register.filter
def weekday(value: date | None) -> str:
    """Rabu, 26 Agustus 2020"""
    return _as_day(value, dates.with_weekday)


@register.filter
def phone(value: str) -> str:
    """0812-3456-7890"""
    return phones.format(value) if value else NOTHING


@register.filter
def clock(value: datetime) -> str:
    """07.40, in Jakarta"""
    return f"{_local(value):%H.%M}"


def _as_day(value: date | None, show) -> str:
    return NOTHING if value is None or value == "" else show(_local(value))


def _local(value: date) -> date:
    return (
        timezone.localtime(value, dates.JAKARTA) if isinstance(value, datetime) and timezone.is_aware(value) else value
    )


@register.tag
def url(parser: Any, token: Any) -> AddressNode:
    """Django's own tag, quicker for the addresses of rows."""
    return AddressNode.of(stock_url(parser, token))


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A decorative inline picture by meaning; the word always stands beside it, or in an `aria-label`.

    KeyError for a name that is not in ICONS.
    """
    return heroicon_outline(
        ICONS[name], size=None, **{"class": "icon"}, width="20", height="20", aria_hidden="true", focusable="false"
    )


@register.simple_tag
def drawn(template: str, **context: Any) -> SafeString:
    """A picture or table of counts, drawn anew only when a number, a word or an address in it is another.

    Never for what is known of one person or business: what is drawn stays in the process for a while.
    """
    return _drawn(template, tuple(context.items()))


@lru_cache(maxsize=KEPT)
def _drawn(template: str, context: tuple[tuple[str, Any], ...]) -> SafeString:
    return render_to_string(template, dict(context))


@register.filter
def tick_options(field: BoundField) -> list[BoundWidget]:
    """The answers of a field that takes several, each with Bootstrap's class for a tick."""
    for option in field.subwidgets:
        option.data["attrs"]["class"] = "form-check-input"
    return field.subwidgets


@register.simple_tag
def field_input(field: BoundField) -> SafeString:
    """The input alone, with Bootstrap's class for its kind and the ids of help, error and last value as its description."""
    widget = field.field.widget
    kind = (
        "form-check-input"
        if isinstance(widget, CheckboxInput)
        else "form-select"
        if isinstance(widget, Select)
        else "form-control"
    )
    last = f"{field.auto_id}_last" if getattr(field.field, "last_value", None) else ""
    attrs = {
        "class": " ".join(filter(None, [widget.attrs.get("class"), kind])),
        "aria-describedby": " ".join(filter(None, [field.aria_describedby, last])),
    }
    return field.as_widget(attrs={name: value for name, value in attrs.items() if value})
