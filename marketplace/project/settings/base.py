"""What every installation shares; each switch is an environment variable with a working default."""

import logging
import secrets
from pathlib import Path
from typing import Any

import environ
import structlog
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from marketplace.project.logs import unname_sealed

BASE_DIR = Path(__file__).resolve().parents[3]

env = environ.Env()

# --- Where things are kept ---------------------------------------------------------------------
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
# Sealed amounts, contracts and mail: nobody else on this machine may look in.
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)


def _generated_key(path: Path, size: int = 64) -> str:
    """Return the key of `size` bytes kept in the data folder, made at the first start."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(size), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


SECRET_KEY = env.str("SECRET_KEY", default="") or _generated_key(DATA_DIR / "secret_key")
# 32 bytes in base64url: what the file of our decisions is signed with
CREDIT_SIGNING_KEY = env.str("CREDIT_SIGNING_KEY", default="") or _generated_key(
    DATA_DIR / "credit_signing_key", 32
)
# With it the platform signs receipts of sealed bids and the public keys of orders: 32 bytes
RECEIPT_KEY = env.str("RECEIPT_KEY", default="") or _generated_key(DATA_DIR / "receipt_key", 32)
# What new orders are sealed with, and where the keys are that wrap the shares of their keys.
SEAL_SUITE = env.str("SEAL_SUITE", default="hpke-x25519-sha256-aes256gcm")
SEAL_KEYRING = env.str("SEAL_KEYRING", default="bidding.sealing.keyring.FileKeyring")
SEAL_KEYS_DIR = Path(env.str("SEAL_KEYS_DIR", default=str(DATA_DIR / "seal_keys")))
SECRET_KEY_IS_GENERATED = not env.str("SECRET_KEY", default="")
# What turns an identity number into a key; another one makes other people of those who are known.
IDENTITY_KEY = env.str("IDENTITY_KEY", default="") or _generated_key(DATA_DIR / "identity_key")
# What other departments know of an agency: who answers, and the files that the defaults read.
EXCHANGE_DIR = Path(env.str("EXCHANGE_DIR", default=str(DATA_DIR / "exchange")))
BUSINESS_REGISTRY = env.str("BUSINESS_REGISTRY", default="marketplace.exchange.FileRegistry")
CERTIFICATE_STORE = env.str("CERTIFICATE_STORE", default="marketplace.exchange.FileCertificates")
SOCIAL_SECURITY = env.str("SOCIAL_SECURITY", default="marketplace.exchange.FileSocialSecurity")
# Who brings the lists of those who broke faith every night (`credit.list_sources`).
CREDIT_LISTS = env.str("CREDIT_LISTS", default="credit.list_sources.FolderLists")
DEBUG = False
DEMO = env.bool("DEMO", default=False)
DEMO_CROWD = env.bool("DEMO_CROWD", default=True)
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
# Begins the identifier of each order in open data; a publisher's own is given out by the Open
# Contracting Partnership.
OCDS_PREFIX = env.str("OCDS_PREFIX", default="ocds-000000")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
# The ports that a Host header may name; empty: any. A link in a letter is made with it.
ALLOWED_PORTS: set[int] = set()
ACCEPTED_RISKS: dict[str, str] = {}
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# --- What is installed ----------------------------------------------------------------------------
INSTALLED_APPS = [
    "search",
    "cms",
    "bidding",
    "credit",
    "marketplace",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.forms",
    "django_fsm",
    "django_htmx",
    "django_structlog",
    "csp",
    "laces",
    "marketplace.project.wagtail_apps.Redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "wagtail.users",
    "marketplace.project.wagtail_apps.Documents",
    "marketplace.project.wagtail_apps.Images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "marketplace.middleware.arrival",
    "marketplace.middleware.reading",
    "marketplace.middleware.known_port",
    "marketplace.middleware.one_shelf",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "marketplace.middleware.RequestLog",
    "marketplace.middleware.ContentSecurityPolicyMiddleware",
    "marketplace.middleware.maintained",
    "marketplace.middleware.whole_body",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "marketplace.middleware.spoken",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "marketplace.middleware.FrameOptionsMiddleware",
    "marketplace.middleware.limited",
    "marketplace.middleware.readable",
    "allauth.account.middleware.AccountMiddleware",
    "marketplace.middleware.acting_party",
    "marketplace.middleware.method_page",
    "marketplace.middleware.editors_only",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "marketplace.project.urls"
WSGI_APPLICATION = "marketplace.project.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "marketplace.context_processors.site",
            ],
            # `{% load i18n static %}` and `{% url %}` mean these, which draw what is fixed once.
            "builtins": ["marketplace.templatetags.fixed_urls"],
            "libraries": {
                "i18n": "marketplace.templatetags.fixed",
                "static": "marketplace.templatetags.fixed",
            },
        },
    },
]

# Two libraries have names of Django's own on purpose: see TEMPLATES; and the check for frames knows
# Django's own middleware alone, not `FrameOptionsMiddleware`, which is made of it.
SILENCED_SYSTEM_CHECKS = ["templates.W003", "security.W002"]

# --- The server ----------------------------------------------------------------------------------
# Threads for pages in each process; more do not help (docs/operations.md has the figures).
SERVER_THREADS = env.int("SERVER_THREADS", default=8)
# What lies under it keeps its connection open: an async view, without a thread.
STREAMS_PREFIX = "/live/"
# ASGI applications of our own under it, by the beginning of their addresses: without middleware.
STREAM_APPLICATIONS = {"/live/tenders/": "bidding.views.hall_stream.application"}

# --- Database -----------------------------------------------------------------------------------
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
        "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;"
        # else REPLACE would take a row of an append-only table away without asking its trigger
        "PRAGMA recursive_triggers=ON;"
    ),
}
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = _SQLITE_OPTIONS
    # A file is opened once by each thread: to open it, and to set it up, takes longer than to read.
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    INSTALLED_APPS.append("django.contrib.postgres")
    # Each process keeps its connections in a pool, one for each thread at most, and one that reads
    # the version of what is public; a stream, which has a thread of its own for every look at the
    # database, takes one of them too.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
    _OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
    _OPTIONS["pool"] = {"min_size": 1, "max_size": SERVER_THREADS + 1, "timeout": 30}
    # A statement of ours that comes again is planned once in each connection
    # (`kernel.statements`); 0 where a pooler in between cannot keep it.
    _OPTIONS["prepare_threshold"] = env.int("DATABASE_PREPARE_AFTER", default=2) or None
    # Statements here are short: to compile one costs more than it takes. A parameter of a
    # connection hides PGOPTIONS, so it repeats them.
    _OPTIONS["options"] = f"{env.str('PGOPTIONS', default='')} -c jit=off".strip()

# Who owns the tables and migrates them (PostgreSQL). Given to `migrate` alone, so that what
# answers requests cannot take a trigger away.
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")
DATABASE_ROLE_MAY_OWN = True

# --- Work after a commit ------------------------------------------------------------------------
# How long an act may wait for a server that is a broker.
BROKER_SERVER_OPTIONS: dict[str, Any] = {
    "visibility_timeout": 300,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_BROKER_URL = env.str("BROKER_URL", default="filesystem://")
if CELERY_BROKER_URL.startswith("filesystem:"):
    _QUEUE = DATA_DIR / "queue"
    _QUEUE.mkdir(mode=0o700, exist_ok=True)
    for _folder in ("in", "processed", "control"):
        (_QUEUE / _folder).mkdir(exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "data_folder_in": str(_QUEUE / "in"),
        "data_folder_out": str(_QUEUE / "in"),
        "processed_folder": str(_QUEUE / "processed"),
        "control_folder": str(_QUEUE / "control"),
        "store_processed": False,
        "polling_interval": 0.05,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = BROKER_SERVER_OPTIONS
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 2
# After a failure a process leaves the broker alone for so long; the sweep does the work meanwhile.
BROKER_REST_SECONDS = env.int("BROKER_REST_SECONDS", default=30)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
SWEEP_SECONDS = env.int("SWEEP_SECONDS", default=10)
# An effect that failed rests so long, twice as long after each further failure, up to the maximum;
# one that talks to another server belongs for the lease to the worker that began it.
EFFECT_RETRY_SECONDS = env.int("EFFECT_RETRY_SECONDS", default=30)
EFFECT_RETRY_MAX_SECONDS = env.int("EFFECT_RETRY_MAX_SECONDS", default=600)
EFFECT_LEASE_SECONDS = env.int("EFFECT_LEASE_SECONDS", default=300)
# A sweep does all that is due: of those that waited while no worker ran, only the last are run.
CELERY_BEAT_SCHEDULE = {
    "run-due": {
        "task": "marketplace.schedule.run_due_work",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": 60},
    },
    "rebuild-index": {"task": "search.schedule.rebuild_nightly", "schedule": crontab("10", "3")},
    "tell-of-what-has-come": {
        "task": "search.schedule.tell_of_what_has_come",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": 60},
    },
    "forget-public-changes": {
        "task": "marketplace.schedule.forget_public_changes",
        "schedule": crontab("40", "3"),
    },
    "look-ahead": {
        "task": "marketplace.schedule.look_ahead_of_those_without",
        "schedule": crontab("50", "0"),
    },
    "reckon-figures": {"task": "bidding.schedule.reckon_figures", "schedule": crontab("0")},
    "check-trail": {"task": "marketplace.schedule.check_trail", "schedule": crontab("20", "4")},
    "take-over-lists": {"task": "credit.schedule.take_over_lists", "schedule": crontab("30", "2")},
    "publish-scheduled": {"task": "cms.schedule.publish_scheduled", "schedule": crontab("*/5")},
}
if DEMO:
    CELERY_BEAT_SCHEDULE["quote-in-halls"] = {
        "task": "cms.schedule.quote_in_halls",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": SWEEP_SECONDS},
    }

# --- The few ways up (docs/architecture.md) ------------------------------------------------------
# What each app gives to those below it; `marketplace.checks` refuses what does not fit.
WAYS_UP = [
    "marketplace.ways_up",
    "credit.ways_up",
    "bidding.ways_up",
    "cms.ways_up",
    "search.ways_up",
]

# --- Search ---------------------------------------------------------------------------------------
SEARCH_URL = env.str("SEARCH_URL", default="")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# --- People ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "marketplace.User"
SESSION_ENGINE = "marketplace.sessions"
AUTHENTICATION_BACKENDS = [
    "marketplace.parties.PersonBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    # NIST SP 800-63B-4: 15 where the password is the only factor; no rule on its kinds of marks
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": env.int("PASSWORD_MIN_LENGTH", default=15)},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "marketplace.forms.passwords.ContextWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/workbench/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "marketplace.accounts.AccountAdapter"
ACCOUNT_FORMS = {"login": "marketplace.forms.factors.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"email", "username", "phone"}
ACCOUNT_USERNAME_VALIDATORS = "marketplace.forms.accounts.USERNAME_VALIDATORS"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    # a key is an account tried from one address, or from a device that its owner logged in with
    "login_failed": "10/m/ip,5/5m/key",
    "login_failed_known": "5/5m/key",
    # all addresses together; it keeps out nobody on a known device
    "login_strangers": "100/h/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/3m/key",
    "change_phone": "3/m/user",
    "verify_phone": "1/30s/key,10/m/ip",
}
# Officers act, and editors edit, only after a second factor: an app's code, a passkey or a code for
# its loss. The demo's officers have one that is filled in.
MFA_ADAPTER = "marketplace.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "marketplace.forms.factors.AuthenticateForm",
    "reauthenticate": "marketplace.forms.factors.ReauthenticateForm",
    "activate_totp": "marketplace.forms.factors.ActivateForm",
}
MFA_TOTP_ISSUER = "网上中介服务超市"
MFA_TOTP_TOLERANCE = 1  # steps of half a minute: the clocks of telephones differ
MFA_RECOVERY_CODES_SHOW_ONCE = True
# How often one address may search and send forms without signing in, and one person register.
RATE_LIMITS: dict[str, str] = {
    "search": "60/m/ip",
    # while somebody types: a few for each question
    "suggest": "300/m/ip",
    "anonymous": "60/m/ip",
    # projects from approval systems, which send many at once
    "push": "60/m/ip",
    "registration": "20/h/user",
    # pages that show numbers of people, to who has not signed in
    "contact": "20/h/ip",
    # reports by anybody: with the puzzle solved, without scripts, and each puzzle once
    "report": "20/h/ip",
    "report_plain": "3/h/ip",
    "report_puzzle": "1/3h/key",
}
# How many such pages one person may read in a day; the trail counts them.
CONTACT_LOOKUPS_PER_DAY = env.int("CONTACT_LOOKUPS_PER_DAY", default=50)
ANONYMOUS_MAX_BYTES = 1024 * 1024
# How many reverse proxies stand in front: the rates count the address that the last of them saw.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# The header in which the proxy tells when a request had arrived, in seconds since 1970. Only name
# one that the proxy sets itself on every request: a bid counts by it.
ARRIVAL_HEADER = env.str("ARRIVAL_HEADER", default="")
# Who sends text messages: a function of (phone, text). The default writes them to a folder.
SMS_SENDER = env.str("SMS_SENDER", default="marketplace.handlers.write_sms")
SMS_FILE_PATH = str(DATA_DIR / "sms")
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
# With True a sign-up says that an address is taken where none needs confirmation. Strict lets
# a second account have it, unconfirmed; where confirmation is mandatory no such account is made.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USERNAME_MIN_LENGTH = 3
_CACHE = env.cache("CACHE_URL", default=f"filecache://{DATA_DIR / 'cache'}")
if _CACHE["BACKEND"].endswith("FileBasedCache"):
    # Django keeps 300 files and drops a third of them at random: attempts to log in would be
    # forgotten before their limit is reached. Each write lists the folder, so no more than this.
    _CACHE["OPTIONS"] = {"MAX_ENTRIES": 20_000, **_CACHE.get("OPTIONS", {})}
CACHES = {"default": _CACHE}
# With which word a collector of figures may ask for /metrics (Authorization: Bearer …); without
# one there is no such page.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
# Which approval systems may send projects: the name of each, and the SHA-256 of its token.
PUSH_TOKENS: dict[str, str] = env.dict("PUSH_TOKENS", default={})
# How many bytes of public pages each server process keeps as they were sent; 0: none.
KEPT_PAGES_BYTES = env.int("KEPT_PAGES_BYTES", default=16 * 1024 * 1024)
# The same for the parts that everybody reads alike of pages that are not kept whole.
KEPT_PARTS_BYTES = env.int("KEPT_PARTS_BYTES", default=8 * 1024 * 1024)

# --- Maintenance ----------------------------------------------------------------------------------
# While this file is there every page is a 503 (`manage.py maintenance on`); the setting does the
# same for machines that share no folder.
MAINTENANCE_FILE = DATA_DIR / "maintenance.json"
MAINTENANCE = env.bool("MAINTENANCE", default=False)

# --- E-mail ---------------------------------------------------------------------------------------
_EMAIL = env.email("EMAIL_URL", default="filemail://")
EMAIL_BACKEND = _EMAIL["EMAIL_BACKEND"]
EMAIL_HOST = _EMAIL.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _EMAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _EMAIL.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _EMAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _EMAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
_MAIL_FOLDER = _EMAIL["EMAIL_FILE_PATH"].lstrip("/")
EMAIL_FILE_PATH = f"/{_MAIL_FOLDER}" if _MAIL_FOLDER else str(DATA_DIR / "mail")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="noreply@localhost")

# --- Files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(DATA_DIR / "private"),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10
DOCUMENT_MAX_BYTES = env.int("DOCUMENT_MAX_BYTES", default=20 * 1024 * 1024)
# Who looks for viruses in a file before it is stored (`marketplace.web.scanners`): the default
# knows the test file EICAR alone, `marketplace.web.scanners.ClamdScanner` asks a clamd.
UPLOAD_SCANNER = env.str("UPLOAD_SCANNER", default="marketplace.web.scanners.FileScanner")
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="127.0.0.1:3310")
# What a request may weigh before a thread looks at it: the largest upload and the form around it.
BODY_MAX_BYTES = DOCUMENT_MAX_BYTES + DATA_UPLOAD_MAX_MEMORY_SIZE
# How long its body may take: so many seconds, and one more for each so many bytes that have come.
BODY_SECONDS = env.float("BODY_SECONDS", default=20)
BODY_BYTES_PER_SECOND = env.int("BODY_BYTES_PER_SECOND", default=32 * 1024)

# --- Language and time ----------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# --- Whose site it is, in the footer; what is not given is not shown -----------------------------
IMPRINT_HOST = env.str("IMPRINT_HOST", default="")
IMPRINT_ICP = env.str("IMPRINT_ICP", default="")
IMPRINT_POLICE = env.str("IMPRINT_POLICE", default="")
IMPRINT_CODE = env.str("IMPRINT_CODE", default="")

# --- Wagtail --------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "网上中介服务超市"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.live.go_live"
# Who looks for what must not be public in what editors submit (`cms.sensitive`).
LINK_FETCH = env.str("LINK_FETCH", default="cms.outside.HttpFetch")
LINK_AGENT = f"link check of {PUBLIC_URL}"
CONTENT_CHECK = env.str("CONTENT_CHECK", default="cms.sensitive.FileCheck")
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文")]

# --- Safety ---------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
X_FRAME_OPTIONS = "DENY"
# Whose pages may show ours in a frame, to who is not signed in: origins such as https://a.example.
FRAME_ANCESTORS = env.list("FRAME_ANCESTORS", default=[])
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# --- Logs -----------------------------------------------------------------------------------
_SHARED_PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
]
LOG_FORMAT = env.str("LOG_FORMAT", default="console")
LOG_RENDERERS: dict[str, Any] = {
    "json": structlog.processors.JSONRenderer(ensure_ascii=False),
    "console": structlog.dev.ConsoleRenderer(colors=False),
}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _SHARED_PROCESSORS,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                unname_sealed,
                structlog.processors.format_exc_info,
                LOG_RENDERERS[LOG_FORMAT],
            ],
        },
    },
    "filters": {"seal_bids": {"()": "marketplace.project.logs.SealBids"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "structured",
            "filters": ["seal_bids"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"level": "INFO"},
        "django.request": {"filters": ["seal_bids"]},
        "django_structlog.middlewares.request": {"filters": ["seal_bids"]},
        "kombu.connection": {"level": "ERROR"},  # a folder as a broker has no host to warn about
        "elastic_transport": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
    },
}
# One line for each request, at its end.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_SHARED_PROCESSORS,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.StackInfoRenderer(),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
