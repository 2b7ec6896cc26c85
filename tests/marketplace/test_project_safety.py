"""What a public installation refuses to start with, asked of the function and of the settings."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from marketplace.project.safety import Installation, accepted, readable_by_others, risks_of

ROOT = Path(__file__).resolve().parents[2]
KEY = "k3Yw9Qz7Lm2Xc5Vb8Nn1Hh4Jj6Ff0Dd3Ss5Aa7Pp9Oo2Ii4Uu6Tt8Rr0"
SAFE = Installation(
    debug=False,
    demo=False,
    secret_key=KEY,
    allowed_hosts=["market.example.test"],
    public_url="https://market.example.test",
    trusted_proxy_count=1,
    arrival_header="X-Request-Start",
    redirects_to_https=True,
    database={"ENGINE": "django.db.backends.postgresql", "HOST": "127.0.0.1", "OPTIONS": {}},
    broker_url="redis://127.0.0.1:6379/0",
    email_backend="django.core.mail.backends.smtp.EmailBackend",
    email_is_encrypted=True,
    sms_sender="gateway.send",
    data_dir=Path("/nowhere"),
)
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "marketplace.project.settings.production",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "market.example.test",
    "PUBLIC_URL": "https://market.example.test",
    "TRUSTED_PROXY_COUNT": "1",
    "ARRIVAL_HEADER": "X-Request-Start",
    "DATABASE_URL": "postgres://market@127.0.0.1/market",
    "BROKER_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp+tls://user:word@mail.example.test:587",
    "SMS_SENDER": "gateway.send",
}


NOT_SET = "\0"


def no_reason(_name: str) -> str:
    return ""


def test_a_safe_installation_may_start() -> None:
    assert risks_of(SAFE) == []
    assert accepted(SAFE, no_reason) == {}


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({"debug": True}, "DEBUG must be off."),
        ({"demo": True}, "DEMO must be off: it lets anyone move the platform's clock."),
        ({"secret_key": ""}, "SECRET_KEY must be set"),
        ({"secret_key": KEY[:49]}, "SECRET_KEY must be set"),
        ({"secret_key": "a" * 64}, "SECRET_KEY must be set"),
        ({"secret_key": "django-insecure-" + KEY}, "SECRET_KEY must be set"),
        ({"allowed_hosts": ["*"]}, "ALLOWED_HOSTS must name the hosts"),
        (
            {"allowed_hosts": ["market.example.test", "*.example.test"]},
            "ALLOWED_HOSTS must name the hosts",
        ),
        ({"allowed_hosts": [".example.test"]}, "ALLOWED_HOSTS must name the hosts"),
        ({"public_url": "http://market.example.test"}, "PUBLIC_URL must be an https address."),
        ({"trusted_proxy_count": 0}, "TRUSTED_PROXY_COUNT must be at least 1"),
    ],
)
def test_what_is_never_safe_is_refused_by_name_whatever_the_reason(
    changed: dict[str, Any], finding: str
) -> None:
    installation = replace(SAFE, **changed)

    [found] = risks_of(installation)

    assert found.sentence.startswith(finding)
    with pytest.raises(ImproperlyConfigured) as refused:
        accepted(installation, lambda _name: "因为")
    assert str(refused.value) == found.sentence


POSTGRESQL = "django.db.backends.postgresql"


@pytest.mark.parametrize(
    ("changed", "name", "finding"),
    [
        ({"trusted_proxy_count": 5}, "PROXY_COUNT", "TRUSTED_PROXY_COUNT must be at most 4"),
        ({"allowed_hosts": ["other.test"]}, "PUBLIC_HOST", "ALLOWED_HOSTS must hold"),
        ({"database": {"ENGINE": "django.db.backends.sqlite3"}}, "SQLITE", "DATABASE_URL must"),
        ({"database": {"ENGINE": POSTGRESQL, "HOST": "db"}}, "PLAIN_DATABASE", "DATABASE_URL must"),
        (
            {"database": {"ENGINE": POSTGRESQL, "HOST": "db", "OPTIONS": {"sslmode": "prefer"}}},
            "PLAIN_DATABASE",
            "DATABASE_URL must ask for TLS on another machine",
        ),
        ({"broker_url": "filesystem://"}, "QUEUE_IN_FOLDER", "BROKER_URL must name a Redis"),
        (
            {"email_backend": "django.core.mail.backends.filebased.EmailBackend"},
            "MAIL_IN_FOLDER",
            "EMAIL_URL must name a mail server",
        ),
        ({"email_is_encrypted": False}, "PLAIN_SMTP", "EMAIL_URL must ask for TLS"),
        ({"sms_sender": "marketplace.handlers.write_sms"}, "SMS_IN_FOLDER", "SMS_SENDER must"),
        ({"arrival_header": ""}, "NO_ARRIVAL_HEADER", "ARRIVAL_HEADER must name"),
        ({"redirects_to_https": False}, "NO_HTTPS_REDIRECT", "SECURE_SSL_REDIRECT must be on"),
    ],
)
def test_what_may_be_accepted_is_refused_until_its_own_setting_gives_a_reason(
    changed: dict[str, Any], name: str, finding: str
) -> None:
    installation = replace(SAFE, **changed)

    [found] = risks_of(installation)

    assert found.name == name
    assert found.sentence.startswith(finding)
    with pytest.raises(ImproperlyConfigured, match=f"Or say in REASON_{name} why not"):
        accepted(installation, {f"REASON_{name}": "  "}.get)
    reasons = {f"REASON_{name}": "试点只有一台机器"}
    assert accepted(installation, lambda asked: reasons.get(asked, "")) == {
        f"REASON_{name}": f"{found.sentence} 试点只有一台机器"
    }


@pytest.mark.parametrize(
    "database",
    [
        {"ENGINE": POSTGRESQL, "HOST": ""},
        {"ENGINE": POSTGRESQL, "HOST": "/run/postgresql"},
        {"ENGINE": POSTGRESQL, "HOST": "::1"},
        {"ENGINE": POSTGRESQL, "HOST": "db", "OPTIONS": {"sslmode": "verify-full"}},
    ],
)
def test_a_database_here_or_behind_tls_is_safe(database: dict[str, Any]) -> None:
    assert risks_of(replace(SAFE, database=database)) == []


def test_files_that_others_may_open_are_found_but_not_those_for_everybody(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o711)
    for name, mode in {"static": 0o755, "private": 0o700, "mail": 0o755}.items():
        (data / name).mkdir(mode=mode)
    (data / "db.sqlite3").touch(mode=0o644)
    (data / "secret_key").touch(mode=0o640)

    assert readable_by_others(data) == [data / "db.sqlite3", data / "mail"]
    assert [risk.name for risk in risks_of(replace(SAFE, data_dir=data))] == ["FILES_READABLE"]

    for path in (data / "db.sqlite3", data / "mail"):
        path.chmod(0o700)
    assert readable_by_others(data) == []
    data.chmod(0o755)
    assert readable_by_others(data) == [data]


def test_all_that_is_unsafe_is_named_at_once() -> None:
    unsafe = replace(SAFE, debug=True, arrival_header="", broker_url="filesystem://")

    with pytest.raises(ImproperlyConfigured) as refused:
        accepted(unsafe, no_reason)

    assert str(refused.value) == (
        "DEBUG must be off. "
        "BROKER_URL must name a Redis server, not a folder. "
        "Or say in REASON_QUEUE_IN_FOLDER why not. "
        "ARRIVAL_HEADER must name what the proxy tells the arrival in: a bid counts by it. "
        "Or say in REASON_NO_ARRIVAL_HEADER why not."
    )


def manage(*arguments: str, folder: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py as a public installation would, in an environment of its own."""
    return run("manage.py", *arguments, folder=folder, **changed)


def run(*arguments: str, folder: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    """Run Python as a public installation would, in an environment of its own."""
    own = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder)}
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *arguments],
        cwd=ROOT,
        env={
            name: value for name, value in (own | ENVIRONMENT | changed).items() if value != NOT_SET
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_deploy_finds_nothing(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "DEBUG", folder=tmp_path)

    assert done.stderr == ""
    assert done.stdout == "System check identified no issues (3 silenced).\n"
    assert done.returncode == 0


def test_a_public_installation_does_not_start_with_what_is_unsafe(tmp_path: Path) -> None:
    unsafe = {
        "DEBUG": "1",
        "DEMO": "1",
        "SECRET_KEY": "",
        "ALLOWED_HOSTS": "*",
        "PUBLIC_URL": "http://market.example.test",
        "TRUSTED_PROXY_COUNT": "9",
        "SECURE_SSL_REDIRECT": "0",
        "ARRIVAL_HEADER": "",
        "EMAIL_URL": "smtp://mail.example.test:25",
    }
    left_out = ("DATABASE_URL", "BROKER_URL", "SMS_SENDER")
    (tmp_path / "mail").mkdir(mode=0o755)

    done = manage("check", folder=tmp_path, **unsafe, **dict.fromkeys(left_out, NOT_SET))

    assert done.returncode == 1
    assert "ImproperlyConfigured: DEBUG must be off. " in done.stderr
    for name in (*unsafe, *left_out, "DATA_DIR"):
        assert f"{name} must " in done.stderr, name


ASK = """
import json
from django.conf import settings
names = ("SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY CSRF_COOKIE_HTTPONLY "
         "SECURE_SSL_REDIRECT SECURE_CONTENT_TYPE_NOSNIFF").split()
print(json.dumps([getattr(settings, name) for name in names]),
      settings.LOGGING["formatters"]["structured"]["processors"][-1].__class__.__name__,
      settings.SECURE_HSTS_SECONDS)
"""


def test_a_public_installation_has_secure_cookies_and_logs_as_json(tmp_path: Path) -> None:
    done = run("-c", ASK, folder=tmp_path)

    assert done.stdout == "[true, true, true, true, true, true] JSONRenderer 31536000\n"


def test_an_accepted_risk_is_told_with_its_reason_by_check_deploy(tmp_path: Path) -> None:
    reason = {"ARRIVAL_HEADER": "", "REASON_NO_ARRIVAL_HEADER": "proxy follows in May"}

    done = manage("check", "--deploy", folder=tmp_path, **reason)

    assert "(marketplace.W002) REASON_NO_ARRIVAL_HEADER: ARRIVAL_HEADER must" in done.stderr
    assert "proxy follows in May" in done.stderr
    assert done.returncode == 0
