"""System checks: no URL without a door, no table without a say on who reaches its rows."""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.urls import URLPattern, get_resolver

from ppks.kit.admin import Site
from ppks.kit.rows import rows_of


def patterns(found=None) -> Iterator[URLPattern]:
    """Every URL pattern of the project, the admin's included."""
    for pattern in get_resolver(settings.ROOT_URLCONF).url_patterns if found is None else found:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from patterns(pattern.url_patterns)


def is_admin(view: Callable) -> bool:
    site = getattr(view, "admin_site", None) or getattr(getattr(view, "model_admin", None), "admin_site", None)
    return isinstance(site or getattr(view, "__self__", None), Site)


@register(Tags.urls)
def every_view_has_a_door(app_configs=None, **kwargs):
    return [
        Error(f"{view.__module__}.{getattr(view, '__qualname__', view)} has no door.", id="ppks.E001")
        for view in (pattern.callback for pattern in patterns())
        if not hasattr(view, "door") and not is_admin(view)
    ]


@register(Tags.models)
def every_table_says_who_reaches_its_rows(app_configs=None, **kwargs):
    ours = [config for config in apps.get_app_configs() if config.name in settings.OWN_APPS]
    return [
        Error(f"{model._meta.label} has no Rows().", id="ppks.E002")
        for config in ours
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and rows_of(model) is None
    ]
