"""The public installation: the base, tightened; `safety.accepted` stops what is not safe."""

from urllib.parse import urlsplit

from marketplace.project.safety import Installation, accepted
from marketplace.project.settings.base import *
from marketplace.project.settings.base import DATABASES, PUBLIC_URL, env

DEBUG = env.bool("DEBUG", default=False)
LOG_FORMAT = env.str("LOG_FORMAT", default="json")
LOGGING["formatters"]["structured"]["processors"][-1] = LOG_RENDERERS[LOG_FORMAT]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, over plain http
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
WHITENOISE_USE_FINDERS = False
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

ALLOWED_PORTS = {urlsplit(PUBLIC_URL).port or 443}

# What is unsafe here, each with the reason that was given for it; `check --deploy` repeats them.
ACCEPTED_RISKS = accepted(
    Installation(
        debug=DEBUG,
        demo=DEMO,
        secret_key="" if SECRET_KEY_IS_GENERATED else SECRET_KEY,
        allowed_hosts=ALLOWED_HOSTS,
        public_url=PUBLIC_URL,
        trusted_proxy_count=ALLAUTH_TRUSTED_PROXY_COUNT,
        arrival_header=ARRIVAL_HEADER,
        redirects_to_https=SECURE_SSL_REDIRECT,
        database=DATABASES["default"],
        broker_url=CELERY_BROKER_URL,
        email_backend=EMAIL_BACKEND,
        email_is_encrypted=EMAIL_USE_TLS or EMAIL_USE_SSL,
        sms_sender=SMS_SENDER,
        data_dir=DATA_DIR,
    ),
    lambda name: env.str(name, default=""),
)
# Asked by /readyz: only the database knows.
if _REASON := env.str("REASON_ROLE_OWNS_TABLES", default="").strip():
    ACCEPTED_RISKS["REASON_ROLE_OWNS_TABLES"] = _REASON
DATABASE_ROLE_MAY_OWN = bool(_REASON)
