"""The parts of the visit form that come in rows: permits, aid items, obstacles."""

from collections.abc import Iterable

from django import forms

from monitoring.findings import VisitAid, VisitObstacle, VisitPermit
from monitoring.found import Found
from monitoring.reference import Obstacle
from ppks.kit.forms import DayField
from ppks.kit.reference import chosen

OBSTACLE_ROWS = 3
NEW_AID_ROWS, MOST_AID_ROWS = 2, 20
EMPTY = [("", "–")]


def _select(label: str, choices: Iterable, empty: str = "–") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", empty), *choices], required=False)


def _text(label: str, longest: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False)


def permit_rows(form: forms.Form) -> list[list[str]]:
    """Add the fields of every permit; their names, a row each."""
    rows = []
    for kind in VisitPermit.Kind:
        state, until = f"permit_{kind}", f"permit_{kind}_until"
        form.fields[state] = _select(kind.label, VisitPermit.State.choices, "tidak ditanyakan")
        form.fields[until] = DayField(label=f"{kind.label.split()[0]} berlaku sampai", required=False, help_text="")
        rows.append([state, until])
    return rows


def aid_rows(form: forms.Form, known: Iterable[str]) -> list[list[str]]:
    """A row for every item known from earlier visits, and a few for new ones."""
    known = list(known)
    sent = [int(name[4:]) for name in form.data if name.startswith("aid_") and name[4:].isdecimal() and len(name) < 7]
    number = min(max([len(known) + NEW_AID_ROWS, *sent]), MOST_AID_ROWS)
    rows = []
    for n in range(1, number + 1):
        name, state = f"aid_{n}", f"aid_{n}_state"
        form.fields[name] = _text(f"Barang {n}", 80)
        form.fields[state] = _select(f"Keadaan barang {n}", VisitAid.State.choices)
        if n <= len(known):
            form.fields[name].initial = known[n - 1]
        rows.append([name, state])
    return rows


def obstacle_rows(form: forms.Form, found: Found | None) -> list[list[str]]:
    """A few rows, the heaviest obstacle first; one that was retired since can still be named by a correction."""
    used = [one.obstacle_id for one in found.obstacles] if found else []
    current = chosen(Obstacle.objects.all()) | Obstacle.objects.filter(pk__in=used)
    choices = [(obstacle.code, str(obstacle)) for obstacle in current]
    rows = []
    for n in range(1, max(OBSTACLE_ROWS, len(used)) + 1):
        what, severity, note = f"obstacle_{n}", f"obstacle_{n}_severity", f"obstacle_{n}_note"
        form.fields[what] = _select(f"Hambatan {n}", choices)
        form.fields[severity] = _select(f"Seberapa berat hambatan {n}", VisitObstacle.Severity.choices)
        form.fields[note] = _text(f"Keterangan hambatan {n}", 200)
        rows.append([what, severity, note])
    return rows


def check_permits(form: forms.Form, rows: list[list[str]]) -> None:
    for state, until in rows:
        given = form.cleaned_data
        if given.get(until) and given.get(state) != VisitPermit.State.HELD:
            form.add_error(state, "Tanggal berlaku hanya untuk izin yang ada. Pilih “Ada”, atau kosongkan tanggalnya.")


def check_aids(form: forms.Form, rows: list[list[str]], known: Iterable[str]) -> None:
    """A known item may stay unanswered: not every visit checks every item."""
    named: set[str] = set()
    familiar = {name.casefold() for name in known}
    for name, state in rows:
        item, answer = (form.cleaned_data.get(field, "").strip() for field in (name, state))
        if item.casefold() in named:
            form.add_error(name, f"{item} sudah ada di baris lain.")
        if answer and not item and name not in form.errors:
            form.add_error(name, "Tulis nama barangnya.")
        if item and not answer and item.casefold() not in familiar and state not in form.errors:
            form.add_error(state, f"Pilih keadaan {item}.")
        named |= {item.casefold()} - {""}


def check_obstacles(form: forms.Form, rows: list[list[str]]) -> None:
    named: set[str] = set()
    for what, severity, note in rows:
        code, weight, words = (form.cleaned_data.get(name, "") for name in (what, severity, note))
        if code and code in named:
            form.add_error(what, "Hambatan ini sudah dipilih di baris lain.")
        if code and not weight and severity not in form.errors:
            form.add_error(severity, "Pilih ringan, sedang, atau berat.")
        if (weight or words) and not code and what not in form.errors:
            form.add_error(what, "Pilih hambatannya.")
        named |= {code} - {""}


def permits(given: dict, rows: list[list[str]]) -> list[VisitPermit]:
    return [
        VisitPermit(kind=state.removeprefix("permit_"), state=given[state], valid_until=given[until])
        for state, until in rows
        if given[state]
    ]


def aids(given: dict, rows: list[list[str]]) -> list[VisitAid]:
    return [VisitAid(name=given[name].strip(), state=given[state]) for name, state in rows if given[state]]


def obstacles(given: dict, rows: list[list[str]]) -> list[VisitObstacle]:
    codes = [given[what] for what, _, _ in rows if given[what]]
    by_code = {obstacle.code: obstacle for obstacle in Obstacle.objects.filter(code__in=codes)} if codes else {}
    return [
        VisitObstacle(obstacle=by_code[given[what]], severity=int(given[severity]), note=given[note].strip())
        for what, severity, note in rows
        if given[what]
    ]


def initial(found: Found) -> dict[str, object]:
    """What the rows of a correction begin with."""
    values: dict[str, object] = {}
    for permit in found.permits:
        values |= {f"permit_{permit.kind}": permit.state, f"permit_{permit.kind}_until": permit.valid_until}
    for n, aid in enumerate(found.aids, start=1):
        values |= {f"aid_{n}": aid.name, f"aid_{n}_state": aid.state}
    for n, one in enumerate(found.obstacles, start=1):
        values |= {
            f"obstacle_{n}": one.obstacle.code,
            f"obstacle_{n}_severity": one.severity,
            f"obstacle_{n}_note": one.note,
        }
    return values
