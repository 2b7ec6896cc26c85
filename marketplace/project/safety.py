"""
What a public installation refuses to start with, in one function.

Most of it can be accepted for a reason: `REASON_…` in the environment, one for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

MIN_KEY_LENGTH = 50
MIN_KEY_LETTERS = 10
MAX_PROXIES = 4
"""With more than there are, a header that the reader has sent is believed."""
ENCRYPTED = {"require", "verify-ca", "verify-full"}
OTHERS = 0o007
PUBLIC_FOLDERS = {"static", "media"}
REASON = "REASON_{}"


@dataclass(frozen=True)
class Installation:
    """The settings that decide whether an installation is safe."""

    debug: bool
    demo: bool
    secret_key: str
    allowed_hosts: Iterable[str]
    public_url: str
    trusted_proxy_count: int
    arrival_header: str
    redirects_to_https: bool
    database: Mapping[str, Any]
    broker_url: str
    email_backend: str
    email_is_encrypted: bool
    sms_sender: str
    data_dir: Path


@dataclass(frozen=True)
class Risk:
    """Something unsafe; `name` is what its reason is called by, empty where none is good enough."""

    name: str
    sentence: str
    is_there: Callable[[Installation], object]


def _key_is_weak(one: Installation) -> bool:
    key = one.secret_key
    return (
        len(key) < MIN_KEY_LENGTH
        or len(set(key)) < MIN_KEY_LETTERS
        or key.startswith("django-insecure-")
    )


def _hosts_are_open(one: Installation) -> bool:
    hosts = list(one.allowed_hosts)
    return not hosts or any("*" in host or host.startswith(".") for host in hosts)


def _is_not_https(one: Installation) -> bool:
    return not (one.public_url.startswith("https://") and urlsplit(one.public_url).hostname)


def _public_host_is_unknown(one: Installation) -> bool:
    host = urlsplit(one.public_url).hostname or ""
    return not validate_host(f"[{host}]" if ":" in host else host, list(one.allowed_hosts))


def _is_sqlite(one: Installation) -> bool:
    return str(one.database["ENGINE"]).endswith("sqlite3")


def _database_is_read_on_its_way(one: Installation) -> bool:
    mode = one.database.get("OPTIONS", {}).get("sslmode")
    return not _is_sqlite(one) and not _is_here(one.database["HOST"]) and mode not in ENCRYPTED


def _is_here(host: str) -> bool:
    """Tell whether `host` is this machine: no host at all, a socket, a loopback address."""
    if not host or host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _mail_is_read_on_its_way(one: Installation) -> bool:
    return one.email_backend.endswith("smtp.EmailBackend") and not one.email_is_encrypted


def readable_by_others(data_dir: Path) -> list[Path]:
    """Return what of the data others on this machine may open, beside what is public anyway."""
    parts = [data_dir, *data_dir.iterdir()] if data_dir.is_dir() else []
    return [
        part
        for part in sorted(parts)
        if part.name not in PUBLIC_FOLDERS
        # nginx goes through the folder itself to the static files: 0711
        if part.stat().st_mode & (0o006 if part == data_dir else OTHERS)
    ]


RISKS = (
    Risk("", "DEBUG must be off.", lambda one: one.debug),
    Risk("", "DEMO must be off: it lets anyone move the platform's clock.", lambda one: one.demo),
    Risk(
        "",
        f"SECRET_KEY must be set, random and at least {MIN_KEY_LENGTH} characters long.",
        _key_is_weak,
    ),
    Risk("", "ALLOWED_HOSTS must name the hosts, without a wildcard.", _hosts_are_open),
    Risk("", "PUBLIC_URL must be an https address.", _is_not_https),
    Risk(
        "",
        "TRUSTED_PROXY_COUNT must be at least 1: behind a proxy all readers share one address.",
        lambda one: one.trusted_proxy_count < 1,
    ),
    Risk(
        "PROXY_COUNT",
        f"TRUSTED_PROXY_COUNT must be at most {MAX_PROXIES}: "
        "with more than there are, each reader chooses an address.",
        lambda one: one.trusted_proxy_count > MAX_PROXIES,
    ),
    Risk("PUBLIC_HOST", "ALLOWED_HOSTS must hold the host of PUBLIC_URL.", _public_host_is_unknown),
    Risk("SQLITE", "DATABASE_URL must name a PostgreSQL server.", _is_sqlite),
    Risk(
        "PLAIN_DATABASE",
        "DATABASE_URL must ask for TLS on another machine: ?sslmode=verify-full.",
        _database_is_read_on_its_way,
    ),
    Risk(
        "QUEUE_IN_FOLDER",
        "BROKER_URL must name a Redis server, not a folder.",
        lambda one: one.broker_url.startswith("filesystem:"),
    ),
    Risk(
        "MAIL_IN_FOLDER",
        "EMAIL_URL must name a mail server, not a folder.",
        lambda one: one.email_backend.endswith("filebased.EmailBackend"),
    ),
    Risk(
        "PLAIN_SMTP",
        "EMAIL_URL must ask for TLS: smtp+tls:// or smtp+ssl://.",
        _mail_is_read_on_its_way,
    ),
    Risk(
        "SMS_IN_FOLDER",
        "SMS_SENDER must name what sends text messages, not a folder.",
        lambda one: one.sms_sender.endswith(".write_sms"),
    ),
    Risk(
        "NO_ARRIVAL_HEADER",
        "ARRIVAL_HEADER must name what the proxy tells the arrival in: a bid counts by it.",
        lambda one: not one.arrival_header,
    ),
    Risk(
        "NO_HTTPS_REDIRECT",
        "SECURE_SSL_REDIRECT must be on: what is asked over http goes to https.",
        lambda one: not one.redirects_to_https,
    ),
    Risk(
        "FILES_READABLE",
        "DATA_DIR must be closed to others on this machine (chmod -R o-rwx, but for static).",
        lambda one: readable_by_others(one.data_dir),
    ),
)


def risks_of(installation: Installation) -> list[Risk]:
    """Return what is unsafe in an installation, in the order in which it is told."""
    return [risk for risk in RISKS if risk.is_there(installation)]


def accepted(installation: Installation, reason_for: Callable[[str], str]) -> dict[str, str]:
    """
    Return the reason for each risk that is accepted; `reason_for` gives it by its setting's name.

    Raises:
        ImproperlyConfigured: names every risk that no reason was given for.
    """
    reasons: dict[str, str] = {}
    refused: list[str] = []
    for risk in risks_of(installation):
        name = REASON.format(risk.name)
        reason = reason_for(name).strip() if risk.name else ""
        if reason:
            reasons[name] = f"{risk.sentence} {reason}"
        else:
            hint = f" Or say in {name} why not." if risk.name else ""
            refused.append(f"{risk.sentence}{hint}")
    if refused:
        raise ImproperlyConfigured(" ".join(refused))
    return reasons
