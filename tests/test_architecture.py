"""The house keeps its shape: imports point down, queries are scoped, statuses move, and nothing is long or idle."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from ppks.kit.reference import Reference

ROOT = Path(settings.BASE_DIR)
LAYERS = (  # a file imports from its own layer and from those below it
    ("ppks.urls", "ppks.settings", "ppks.wsgi"),
    ("ppks.dashboard",),
    ("ppks.intake",),
    ("monitoring",),
    ("grants",),
    ("clients",),
    ("ppks.documents",),
    ("ppks.audit",),
    ("ppks.inbox",),
    ("ppks.accounts",),
    ("ppks.regions",),
    ("ppks.postgres", "ppks.environment"),
    ("ppks.kit",),
)
LIMITS = {"module": 300, "function": 40, "template": 120, "test module": 450, "test function": 60}  # tests list cases
GROWS = "tests.test_access"  # a table with a line for every address
VAGUE = {"services", "utils", "helpers", "common", "misc"}
SERVES_REQUESTS = re.compile(r"(^|_)(views|forms?)($|_)")
NARROWED_BY = {"visible_to", "within_reach"}  # the second asks the first, and for the reach of the import's uploader
OWN_ROWS = {"TOTPDevice"}  # asked for by `user=request.user`, outside every door
SQL_FROM_PIECES = {"ppks.accounts.apps", "ppks.kit.bulk", "ppks.kit.doors"}  # names of tables and roles, never input


def layer_of(dotted: str) -> int | None:
    for rank, names in enumerate(LAYERS):
        if any(dotted == name or dotted.startswith(f"{name}.") for name in names):
            return rank
    return None


def modules(*folders: str) -> list[tuple[str, Path]]:
    """Our own modules by dotted name, without migrations."""
    found = [
        path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts
    ]
    return [(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path) for path in found]


CODE = modules("ppks", "clients", "grants", "monitoring")
TESTS = modules("tests")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PATHS = dict(CODE + TESTS)


@cache
def tree(dotted: str) -> ast.Module:
    return ast.parse(PATHS[dotted].read_text(encoding="utf-8"))


def at(dotted: str, node: ast.AST, what: object = "") -> str:
    return f"{dotted}:{getattr(node, 'lineno', '?')} {what}".strip()


def imports(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def test_every_module_belongs_to_a_layer():
    assert [dotted for dotted, _ in CODE if layer_of(dotted) is None and dotted != "ppks"] == []


def test_every_app_of_ours_is_a_layer_or_a_room_of_one():
    rooms = {name for name in settings.OWN_APPS if (name.rpartition(".")[0],) in LAYERS}

    assert {name for name in settings.OWN_APPS if (name,) not in LAYERS} - rooms == set()


def test_imports_point_down():
    wrong = [
        at(dotted, node, name)
        for dotted, _ in CODE
        for name, node in imports(tree(dotted))
        if layer_of(name) is not None and layer_of(dotted) is not None and layer_of(name) < layer_of(dotted)
    ]

    assert wrong == []


def test_the_system_never_imports_its_tests():
    assert [
        at(dotted, node) for dotted, _ in CODE for name, node in imports(tree(dotted)) if name.startswith("tests")
    ] == []


def managers(tree: ast.AST) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}:
            yield node


def scoped(tree: ast.AST) -> set[int]:
    """The managers that a later `visible_to` in the same expression narrows."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in NARROWED_BY:
            found |= {id(inner) for inner in ast.walk(node.value)}
    return found


def test_what_serves_requests_never_asks_for_rows_without_saying_for_whom():
    open_to_all = {model.__name__ for model in apps.get_models() if issubclass(model, Reference)} | OWN_ROWS
    wrong = []

    for dotted, _ in CODE:
        if SERVES_REQUESTS.search(dotted.rpartition(".")[2]):
            safe = scoped(tree(dotted))
            wrong += [
                at(dotted, node)
                for node in managers(tree(dotted))
                if id(node) not in safe and getattr(node.value, "id", None) not in open_to_all
            ]

    assert wrong == []


def assigned(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """What is assigned to an attribute, by statement, by `setattr` and by `update(…)`."""
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in (inner for outer in targets if outer for inner in getattr(outer, "elts", [outer])):
            if isinstance(target, ast.Attribute):
                yield node, target.attr
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
            yield from ((node, keyword.arg or "") for keyword in node.keywords)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "setattr":
            yield from ((node, inner.value) for inner in node.args if isinstance(inner, ast.Constant))


def test_a_status_is_assigned_nowhere():
    wrong = [at(dotted, node) for dotted, _ in CODE for node, name in assigned(tree(dotted)) if name == "status"]

    assert wrong == []


def made_by_higher_apps() -> dict[str, int]:
    """Names that foreign keys of higher apps put on the models of lower ones, with the layer that made them."""
    made = {}
    for model in apps.get_models():
        mine = layer_of(model.__module__)
        for relation in model._meta.related_objects:
            theirs, name = layer_of(relation.related_model.__module__), relation.get_accessor_name()
            if mine is not None and theirs is not None and theirs < mine and name:
                made[name] = theirs
    return made


def test_lower_apps_do_not_use_names_that_higher_apps_made():
    made, wrong = made_by_higher_apps(), []

    for dotted, _ in CODE:
        for node in ast.walk(tree(dotted)):
            text = node.attr if isinstance(node, ast.Attribute) else getattr(node, "arg", None)
            first = str(text).partition("__")[0]
            if isinstance(node, (ast.Attribute, ast.keyword)) and first in made and layer_of(dotted) > made[first]:
                wrong.append(at(dotted, node, text))

    assert made
    assert wrong == []


def test_sql_is_never_put_together_from_pieces():
    wrong = [
        at(dotted, node)
        for dotted, _ in CODE
        if dotted not in SQL_FROM_PIECES
        for node in ast.walk(tree(dotted))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in {"execute", "executemany", "raw", "extra", "RawSQL"}
        and node.args
        and not isinstance(node.args[0], (ast.Constant, ast.Name, ast.Attribute))
    ]

    assert [line for line in wrong if not line.startswith("ppks.postgres:")] == []


def lines_of(paths: Iterable[Path]) -> list[tuple[str, int]]:
    return [(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8").count("\n")) for path in paths]


def functions_of(found: list[tuple[str, Path]]) -> list[tuple[str, int]]:
    return [
        (at(dotted, node, node.name), node.end_lineno - node.lineno + 1)
        for dotted, _ in found
        for node in ast.walk(tree(dotted))
        if isinstance(node, ast.FunctionDef)
    ]


LENGTHS = {
    "module": lambda: lines_of(path for _, path in CODE),
    "function": lambda: functions_of(CODE),
    "template": lambda: lines_of(TEMPLATES),
    "test module": lambda: lines_of(path for dotted, path in TESTS if dotted != GROWS),
    "test function": lambda: functions_of(TESTS),
}


@pytest.mark.parametrize("kind", LIMITS)
def test_nothing_is_long(kind):
    assert [(name, length) for name, length in LENGTHS[kind]() if length > LIMITS[kind]] == []


def test_every_module_opens_with_a_sentence_that_says_what_it_is_for():
    silent = [
        dotted
        for dotted, path in CODE + TESTS
        if path.read_text(encoding="utf-8").strip() and not (ast.get_docstring(tree(dotted)) or "").endswith(".")
    ]

    assert silent == []


def test_no_module_has_a_name_that_says_nothing():
    assert [dotted for dotted, _ in CODE if dotted.rpartition(".")[2] in VAGUE] == []
