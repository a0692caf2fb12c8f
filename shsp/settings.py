"""Settings of the portal, read from the environment.

Safe by default: without `LOCAL=1` the portal refuses to start unless it is
told its secret key, its base address and the hosts it answers for. Every
variable is described in docs/operations.md.
"""

import os
import secrets
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Local mode is for one's own machine: plain HTTP, mail into files, a key made
# on the spot, no second factor asked for.
LOCAL = env.bool("LOCAL", False)
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
# What the portal writes, its database above all, is its owner's alone.
os.umask(0o077)
VAR_DIR.mkdir(parents=True, exist_ok=True)


def required(name: str, local: str) -> str:
    """Return a variable that only local mode may leave out.

    Raises ImproperlyConfigured with the name of the variable that is missing.
    """
    value = env.str(name, local if LOCAL else "")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it, or set LOCAL=1 on your own machine; see docs/operations.md."
        )
    return value


def local_secret() -> str:
    """Return this machine's own key, made the first time and kept beside the data."""
    file = VAR_DIR / "secret_key"
    if not file.exists():
        file.touch()
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


DEBUG = False
SECRET_KEY = required("SECRET_KEY", local_secret() if LOCAL else "")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
BASE_URL = required("BASE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = required("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SECURE = not LOCAL

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must be random and at least 50 characters long.")
if SECURE and urlsplit(BASE_URL).scheme != "https":
    raise ImproperlyConfigured("BASE_URL must begin with https:// outside local mode.")

INSTALLED_APPS = [
    "modeltranslation",
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.messages", "django.contrib.staticfiles", "django.contrib.postgres",
    "shsp", "core", "accounts", "municipalities", "consultations", "studies", "visits",
    "allauth", "allauth.account", "allauth.mfa", "allauth.usersessions",
    "crispy_forms", "crispy_bootstrap5", "django_include_bootstrap", "django_filters", "django_htmx",
    "django_tasks", "django_tasks_db",
]  # fmt: skip

MIDDLEWARE = [
    "core.middleware.headers",
    "core.middleware.request_id",
    "core.files.uploads.read_to_the_end",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.allowed_methods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.session_limits",
    "accounts.unsent_forms.LoginRequired",
    "accounts.middleware.second_factor",
    "accounts.middleware.counted_anew",
    "accounts.unsent_forms.give_back",
    "django_htmx.middleware.HtmxMiddleware",
    "core.files.uploads.UploadErrors",
    "core.middleware.guard_reads",
]

ROOT_URLCONF = "shsp.urls"
WSGI_APPLICATION = "shsp.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shsp.context_processors.portal",
            ],
            "builtins": [
                "core.templatetags.ui",
                "core.templatetags.components",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "libraries": {"figures": "municipalities.figures.templatetags"},
        },
    }
]
FORM_RENDERER = "core.forms.renderer.FormRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Data

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    # Whoever waits asks again ten times a second, and eight at once may be unlucky for long.
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA cache_size=-32000;"
    ),
}

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://portal")}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

STORAGES = {
    "default": {
        "BACKEND": "core.files.attachments.DurableFileStorage",
        "OPTIONS": {
            "location": VAR_DIR / "files",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "shsp.static_files.StaticFiles"},
}
if env.str("S3_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("S3_BUCKET"),
            "endpoint_url": env.str("S3_ENDPOINT", None),
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "shsp.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["core.files.uploads.BoundedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
ATTACHMENT_MAX_BYTES = 10 * 1024 * 1024
ATTACHMENT_MAX_FILES = 5
# How many files of forms that came back may wait on the disk together; those after them are chosen again.
PENDING_FILES = 200
# A form somewhat too large gets its page back; one far too large is not even read.
UPLOAD_MAX_BYTES = 2 * ATTACHMENT_MAX_FILES * ATTACHMENT_MAX_BYTES

# Language and time

LANGUAGE_CODE = "cs"
LANGUAGES = [("cs", _("Czech")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "cs"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("cs", "en")
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Prague"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE: Literal["Lax"] = "Lax"
LANGUAGE_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_HTTPONLY = True

# Login

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:landing"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# No rule about composition and none against passphrases of digits: length and
# a list of the passwords that attackers try first.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# allauth's own generator writes while it checks a link that was only opened.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/h/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Kontaktní centrum"
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.ActivateForm",
}
SECOND_FACTOR_REQUIRED = not LOCAL
INVITATION_HOURS = 72

# Sessions: idle and absolute limits are kept by accounts.middleware

SESSION_COOKIE_NAME = "__Host-sid" if SECURE else "sid"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 30 * 60
SESSION_WARNING_SECONDS = 5 * 60
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "shsp.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Transport

SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63072000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Mail: rows in core's outbox, handed over by the worker

DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "Kontaktní centrum <portal@localhost>")
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = VAR_DIR / "mail"
MAIL_URL = env.str("MAIL_URL", "")
if MAIL_URL:
    vars().update(env.email_url("MAIL_URL"))
elif LOCAL:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
else:
    raise ImproperlyConfigured(
        "MAIL_URL is not set: the portal could not answer anybody. See docs/operations.md."
    )

# The mailbox that people write to. Replies come to the same address with a sign after a "+".
MAIL_INBOX = env.str("MAIL_INBOX", "")
# Where `fetch_mail` reads it: imap://user:password@host:143/INBOX or imaps://…
MAIL_IN_URL = env.str("MAIL_IN_URL", "")
# The name by which our own mail server signs Authentication-Results; others' are not believed.
MAIL_AUTHENTICATED_BY = env.str("MAIL_AUTHENTICATED_BY", "")
# Bytes of one message; what is larger is put aside.
MAIL_MAX_BYTES = env.int("MAIL_MAX_BYTES", 30 * 1024 * 1024)
# A test site: all mail goes to this one address.
MAIL_ALL_TO = env.str("MAIL_ALL_TO", "")

# Intake (consultations)

ASK_MIN_SECONDS = env.int("ASK_MIN_SECONDS", 2)
ASK_KEY_HOURS = 24
# Where "Leave quickly" leads: a page that anybody might have open.
LEAVE_TO = env.str("LEAVE_TO", "https://www.chmi.cz/")
ASK_PER_HOUR = env.int("ASK_PER_HOUR", 600 if LOCAL else 30)
# How many receipts one address may get in an hour: a visitor may have typed a stranger's.
RECEIPTS_PER_HOUR = env.int("RECEIPTS_PER_HOUR", 60 if LOCAL else 3)
REPLIES_PER_HOUR = 20
# How often one network is offered what exists already: about ten times while one subject is typed.
OFFERS_PER_HOUR = 300
LINK_TRIES_PER_HOUR = env.int("LINK_TRIES_PER_HOUR", 10)
# How many short codes one network may try in an hour, right and wrong ones.
CODE_TRIES_PER_HOUR = env.int("CODE_TRIES_PER_HOUR", 20)
REOPEN_DAYS = 60

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "core.middleware.RequestIdFilter"}},
    "formatters": {
        "line": {
            "()": "core.middleware.OneLineFormatter",
            "format": "{asctime} {levelname} {request_id} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING" if LOCAL else "INFO")},
}

# core.middleware.headers sets X-Frame-Options, on files and errors too.
SILENCED_SYSTEM_CHECKS = ["security.W002"]
