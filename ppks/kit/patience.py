"""How often one address may ask public pages, counted in this process: politeness to the machine, not a lock."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

WINDOW = 60  # seconds
MOST = {"GET": 60, "POST": 10}  # a window and address; an office behind one address still gets through


def address_of(request: HttpRequest) -> str:
    """Where the request came from: behind a proxy what the proxy itself wrote last, never what the sender claims."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def asks_too_often(request: HttpRequest) -> bool:
    """Whether this address has used up its requests of this window; the request is counted."""
    kind = "POST" if request.method == "POST" else "GET"
    key = f"patience:{kind}:{int(time.time()) // WINDOW}:{address_of(request)}"
    cache.add(key, 0, WINDOW)
    return cache.incr(key) > MOST[kind]
