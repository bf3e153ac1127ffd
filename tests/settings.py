"""Settings of a test run: development whatever database is named, fast passwords, failures that speak."""

import os

os.environ.setdefault("PPKS_MODE", "development")

from ppks.settings import *  # noqa: F403
from ppks.settings import TEMPLATES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
TEMPLATES[0]["OPTIONS"]["debug"] = True
WHITENOISE_USE_FINDERS = (
    False  # else every browser that opens walks through all static files; Chromium's tests have them served
)
