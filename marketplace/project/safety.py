"""What a public installation refuses to start with, in one function."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

MIN_KEY_LENGTH = 50
MIN_KEY_LETTERS = 10


def unsafe_settings(
    *,
    debug: bool,
    demo: bool,
    secret_key: str,
    allowed_hosts: Iterable[str],
    public_url: str,
    trusted_proxy_count: int,
) -> list[str]:
    """Return one sentence for each setting that a public installation may not have."""
    hosts = list(allowed_hosts)
    findings = {
        "DEBUG must be off.": debug,
        "DEMO must be off: it lets anyone move the platform's clock.": demo,
        f"SECRET_KEY must be set, random and at least {MIN_KEY_LENGTH} characters long.": (
            len(secret_key) < MIN_KEY_LENGTH
            or len(set(secret_key)) < MIN_KEY_LETTERS
            or secret_key.startswith("django-insecure-")
        ),
        "ALLOWED_HOSTS must name the hosts, without a wildcard.": (
            not hosts or any("*" in host or host.startswith(".") for host in hosts)
        ),
        "PUBLIC_URL must be an https address.": not (
            public_url.startswith("https://") and urlsplit(public_url).hostname
        ),
        "TRUSTED_PROXY_COUNT must be at least 1: behind a proxy all readers share one address.": (
            trusted_proxy_count < 1
        ),
    }
    return [finding for finding, unsafe in findings.items() if unsafe]


def refuse_unsafe(
    *,
    debug: bool,
    demo: bool,
    secret_key: str,
    allowed_hosts: Iterable[str],
    public_url: str,
    trusted_proxy_count: int,
) -> None:
    """
    Stop the start of an unsafe public installation.

    Raises:
        ImproperlyConfigured: names every unsafe setting.
    """
    findings = unsafe_settings(
        debug=debug,
        demo=demo,
        secret_key=secret_key,
        allowed_hosts=allowed_hosts,
        public_url=public_url,
        trusted_proxy_count=trusted_proxy_count,
    )
    if findings:
        raise ImproperlyConfigured(" ".join(findings))
