"""One settings file: the environment says whether this is production, which server, and with which keys."""

from datetime import timedelta
from pathlib import Path

import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from ppks import postgres
from ppks.environment import PROJECT as BASE_DIR
from ppks.environment import env

# A named database is taken for production unless it is said to be a trial: forgetting a variable must not open anything.
OWN_DATABASE = bool(env.str("DATABASE_URL", ""))
ALLOW_DEMO = env.bool("ALLOW_DEMO", not OWN_DATABASE)
MODE = env.str("PPKS_MODE", "development" if ALLOW_DEMO else "production")
PRODUCTION = MODE == "production"
if MODE not in {"production", "development"}:
    raise ImproperlyConfigured("PPKS_MODE must be `production` or `development`.")


def _secret(name: str, for_development: str) -> str:
    value = env.str(name, "" if PRODUCTION else for_development)
    if not value:
        raise ImproperlyConfigured(f"{name} must be set in production; see .env.example.")
    return value


SECRET_KEY = _secret("SECRET_KEY", "only-for-development")
# Keys of sealed fields, newest first; the index key can never change without rebuilding the blind indexes.
FIELD_KEYS = _secret("FIELD_KEYS", "b25seS1mb3ItZGV2ZWxvcG1lbnQtMzItYnl0ZXMtISE=").split(",")
FIELD_INDEX_KEY = _secret("FIELD_INDEX_KEY", "only-for-development-too")
DEBUG = env.bool("DEBUG", False) and not PRODUCTION
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["*"])
# Where the public reaches this installation: printed on papers, as text and QR.
PUBLIC_ADDRESS = env.str(
    "PUBLIC_ADDRESS",
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION and ALLOWED_HOSTS else "http://localhost:8000",
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TOTP_REQUIRED = env.bool("TOTP_REQUIRED", PRODUCTION)

DATABASE_ROLE_PREFIX = postgres.role_prefix()


def _login(variable: str, role: str) -> dict:
    """From the environment, else the embedded server's socket."""
    if OWN_DATABASE:
        return env.db(variable)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": postgres.DATABASE,
        "USER": f"{DATABASE_ROLE_PREFIX}_{role}",
        "PASSWORD": "",
        "HOST": str(postgres.Server(postgres.folder()).socket),
        "PORT": "",
    }


DATABASES = {"default": _login("DATABASE_URL", "app") | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}}
DATABASE_OWNER = _login("DATABASE_OWNER_URL", "owner")

OWN_APPS = [
    "ppks.kit",
    "ppks.regions",
    "ppks.accounts",
    "ppks.inbox",
    "ppks.audit",
    "ppks.documents",
    "clients",
    "grants",
    "monitoring",
    "monitoring.meetings",
    "monitoring.plans",
    "monitoring.feedback",
    "monitoring.referrals",
    "monitoring.independence",
    "monitoring.reports",
    "monitoring.counts",
    "ppks.intake",
    "ppks.dashboard",
]
INSTALLED_APPS = [
    *OWN_APPS,
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "axes",
    "crispy_bootstrap5",
    "crispy_forms",
    "csp",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_tasks",
    "django_tasks_db",
    "heroicons",
    "pghistory",
    "pgtrigger",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ppks.accounts.sessions.SessionClock",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "ppks.urls"
WSGI_APPLICATION = "ppks.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["ppks.kit.templatetags.office"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ppks.accounts.navigation.frame",
                "ppks.inbox.bell.bell",
            ],
        },
    }
]
FORM_RENDERER = "ppks.kit.inputs.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# Log-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "ppks.accounts.backends.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "full_name", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "login", "/", "login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "ppks.accounts.backends.tried_username"
AXES_LOCKOUT_CALLABLE = "ppks.accounts.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
OTP_TOTP_ISSUER = "PPKS Mandiri"
SESSION_IDLE = timedelta(minutes=60)
SESSION_LIFETIME = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_LIFETIME.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Transport and headers
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SESSION_COOKIE_NAME = "__Host-sesi" if PRODUCTION else "sesi"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = ["^healthz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Language and time
LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_I18N = True

# Files
FILE_UPLOAD_HANDLERS = ["ppks.kit.uploads.KeptInMemory"]  # what somebody sends never lies on a disk in clear
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else None  # elsewhere the finders serve the files
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "ppks.kit.finders.BootstrapFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(BASE_DIR / "media")))

# Errors go to the service's own output; a traceback names code, never what a person typed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
    },
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# History: the door sets the context in the same statement as the role, so no middleware and no context table.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField()
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)  # history is asked for by its row, `pgh_obj`, alone
PGHISTORY_APPEND_ONLY = True
