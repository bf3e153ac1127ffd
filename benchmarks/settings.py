"""The system as it runs, plus one floor view and a counter of queries that answers only when asked."""

from ppks.settings import *  # noqa: F403
from ppks.settings import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks"]
MIDDLEWARE = ["benchmarks.floor.QueryCounter", *MIDDLEWARE]
ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
