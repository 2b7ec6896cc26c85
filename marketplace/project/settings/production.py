"""The public installation: the base, tightened; `safety.refuse_unsafe` stops what is not safe."""

from marketplace.project.safety import refuse_unsafe
from marketplace.project.settings.base import *
from marketplace.project.settings.base import PUBLIC_URL, env

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

refuse_unsafe(
    debug=DEBUG,
    demo=DEMO,
    secret_key="" if SECRET_KEY_IS_GENERATED else SECRET_KEY,
    allowed_hosts=ALLOWED_HOSTS,
    public_url=PUBLIC_URL,
    trusted_proxy_count=ALLAUTH_TRUSTED_PROXY_COUNT,
)
