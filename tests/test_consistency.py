"""Things that are said in two places agree: models and migrations, templates and what they name, pinned files, pages of docs."""

import hashlib
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.db.models import CheckConstraint, Index, UniqueConstraint
from django.urls import NoReverseMatch, reverse

from ppks.kit.checks import patterns
from ppks.kit.finders import FILES, PREFIX
from ppks.kit.templatetags.office import ICONS

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "templates"
TEMPLATES = {str(path.relative_to(FOLDER)): path.read_text(encoding="utf-8") for path in sorted(FOLDER.rglob("*.html"))}
BY_DJANGO = re.compile(r"^(403|404|500|403_csrf)\.html$|^bootstrap5/")  # asked for by Django and by crispy forms
WAITING = {  # drawn with the rest of the look, for pages that are still to come
    "parts/charts/ages.html",
    "parts/money.html",
    "parts/note.html",
    "parts/pairs.html",
    "parts/tasks.html",
}
BOOTSTRAP = {  # Bootstrap 5.3.8, as its makers publish it
    "css/bootstrap.min.css": "d85327d99c7a3ee1f9b5d0500d1370acea3ad2db39c163c2f51f232baedbdede",
    "css/bootstrap.min.css.map": "48144faf6aa0fb3cd2ce748d9730238f888f4ab715f05dabd1c9af2c5671988a",
}
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"|javascript:", re.IGNORECASE)


def in_templates(pattern: str) -> set[tuple[str, str]]:
    """(what was found, in which template)"""
    return {(found, name) for name, text in TEMPLATES.items() for found in re.findall(pattern, text)}


@pytest.mark.django_db
def test_what_models_declare_is_in_the_database():
    """Django drops a partial unique index when the column's own index goes, and its migrations say nothing of it."""
    with connection.cursor() as cursor:
        cursor.execute("select indexname from pg_indexes union select conname from pg_constraint")
        kept = {name for (name,) in cursor.fetchall()}
    declared = {
        each.name
        for model in apps.get_models()
        for each in (*model._meta.indexes, *model._meta.constraints)
        if isinstance(each, Index | CheckConstraint | UniqueConstraint)
    }
    assert declared - kept == set()


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say(capsys):
    call_command("makemigrations", check=True, dry_run=True)

    assert capsys.readouterr().out == "No changes detected\n"


def test_the_pages_about_roles_and_moves_are_fresh():
    call_command("write_docs", check=True)


@pytest.mark.parametrize("name", FILES)
def test_bootstrap_is_the_published_one(name):
    found = Path(finders.find(f"{PREFIX}/{name}"))

    assert hashlib.sha256(found.read_bytes()).hexdigest() == BOOTSTRAP[name]


def test_every_static_file_that_a_template_names_is_there():
    named = in_templates(r"{% static ['\"]([^'\"]+)['\"]") | in_templates(r"{% get_static_prefix %}([^\"]+)")

    assert len(named) > 3
    assert [(file, template) for file, template in sorted(named) if finders.find(file) is None] == []


def test_every_file_that_a_stylesheet_names_is_there():
    named = [
        (found, path)
        for path in (ROOT / "static").rglob("*.css")
        for found in re.findall(r"url\(['\"]?([^'\")]+)", path.read_text(encoding="utf-8"))
        if not found.startswith("data:")
    ]

    assert [(file, path.name) for file, path in named if not (path.parent / file).exists()] == []


def test_every_url_name_in_a_template_exists():
    known = {pattern.name for pattern in patterns()}

    assert [
        (name, where)
        for name, where in in_templates(r"{% url ['\"]([\w:]+)['\"]")
        if name.removeprefix("admin:") not in known
    ] == []


@pytest.mark.parametrize("name", ["admin:index", "front"])
def test_the_names_that_code_leads_to_exist(name):
    try:
        reverse(name)
    except NoReverseMatch:
        pytest.fail(f"{name} leads nowhere")


def test_every_icon_has_a_picture():
    assert [(icon, where) for icon, where in in_templates(r"{% icon ['\"]([\w-]+)['\"]") if icon not in ICONS] == []


def test_every_template_is_used():
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("ppks", "clients", "grants", "monitoring")
        for path in (ROOT / folder).rglob("*.py")
    )
    said = code + "\n".join(TEMPLATES.values())

    idle = {name for name in TEMPLATES if f'"{name}"' not in said and not BY_DJANGO.match(name)}

    assert idle - WAITING == set()


def test_every_template_that_is_named_exists():
    named = in_templates(r"{% (?:include|extends|drawn) ['\"]([^'\"]+)['\"]")

    assert [(name, where) for name, where in named if name not in TEMPLATES] == []


def test_no_template_has_a_script_or_a_style_inside():
    assert [(found, where) for found, where in in_templates(INLINE.pattern) if found] == []


def test_parts_are_included_with_only_what_they_need():
    """Otherwise a part quietly depends on the page around it."""
    loose = [
        (line, name)
        for name, text in TEMPLATES.items()
        for line in re.findall(r"{% include (?!\"bootstrap5/)[^%]+%}", text)
        if not re.search(r"\bonly\s*%}", line) and not BY_DJANGO.match(name)
    ]

    assert loose == []


def test_a_template_that_extends_does_so_first():
    late = [name for name, text in TEMPLATES.items() if "{% extends" in text and not text.startswith("{% extends")]

    assert late == []
