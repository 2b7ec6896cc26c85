"""What a public installation refuses to start with, asked of the function and of the settings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from marketplace.project.safety import refuse_unsafe, unsafe_settings

ROOT = Path(__file__).resolve().parents[2]
KEY = "k3Yw9Qz7Lm2Xc5Vb8Nn1Hh4Jj6Ff0Dd3Ss5Aa7Pp9Oo2Ii4Uu6Tt8Rr0"
SAFE = {
    "debug": False,
    "demo": False,
    "secret_key": KEY,
    "allowed_hosts": ["market.example.test"],
    "public_url": "https://market.example.test",
    "trusted_proxy_count": 1,
}
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "marketplace.project.settings.production",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "market.example.test",
    "PUBLIC_URL": "https://market.example.test",
    "TRUSTED_PROXY_COUNT": "1",
}


def test_a_safe_installation_may_start() -> None:
    assert unsafe_settings(**SAFE) == []
    refuse_unsafe(**SAFE)


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({"debug": True}, "DEBUG must be off."),
        ({"demo": True}, "DEMO must be off: it lets anyone move the platform's clock."),
        ({"secret_key": ""}, "SECRET_KEY must be set"),
        ({"secret_key": KEY[:49]}, "SECRET_KEY must be set"),
        ({"secret_key": "a" * 64}, "SECRET_KEY must be set"),
        ({"secret_key": "django-insecure-" + KEY}, "SECRET_KEY must be set"),
        ({"allowed_hosts": []}, "ALLOWED_HOSTS must name the hosts"),
        ({"allowed_hosts": ["*"]}, "ALLOWED_HOSTS must name the hosts"),
        ({"allowed_hosts": ["a.test", "*.example.test"]}, "ALLOWED_HOSTS must name the hosts"),
        ({"allowed_hosts": [".example.test"]}, "ALLOWED_HOSTS must name the hosts"),
        ({"public_url": "http://market.example.test"}, "PUBLIC_URL must be an https address."),
        ({"public_url": ""}, "PUBLIC_URL must be an https address."),
        ({"public_url": "https://"}, "PUBLIC_URL must be an https address."),
        ({"trusted_proxy_count": 0}, "TRUSTED_PROXY_COUNT must be at least 1"),
    ],
)
def test_each_unsafe_setting_is_refused_by_name(changed: dict[str, object], finding: str) -> None:
    [found] = unsafe_settings(**{**SAFE, **changed})

    assert found.startswith(finding)
    with pytest.raises(ImproperlyConfigured) as refused:
        refuse_unsafe(**{**SAFE, **changed})
    assert str(refused.value) == found


def test_all_that_is_unsafe_is_named_at_once() -> None:
    found = unsafe_settings(
        debug=True,
        demo=True,
        secret_key="",
        allowed_hosts=["*"],
        public_url="http://x",
        trusted_proxy_count=0,
    )

    assert len(found) == 6


def manage(*arguments: str, folder: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py as a public installation would, in an environment of its own."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **ENVIRONMENT, **changed},
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_deploy_finds_nothing(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "DEBUG", folder=tmp_path)

    assert done.stderr == ""
    assert done.stdout == "System check identified no issues (0 silenced).\n"
    assert done.returncode == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"DEBUG": "1"},
        {"DEMO": "1"},
        {"SECRET_KEY": ""},
        {"ALLOWED_HOSTS": "*"},
        {"PUBLIC_URL": "http://market.example.test"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_public_installation_does_not_start_with(changed: dict[str, str], tmp_path: Path) -> None:
    done = manage("check", folder=tmp_path, **changed)

    assert done.returncode == 1
    assert f"ImproperlyConfigured: {next(iter(changed))} must " in done.stderr


ASK = """
import json, django
from django.conf import settings
names = ("SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY CSRF_COOKIE_HTTPONLY "
         "SECURE_SSL_REDIRECT SECURE_CONTENT_TYPE_NOSNIFF").split()
print(json.dumps([getattr(settings, name) for name in names]),
      settings.LOGGING["formatters"]["structured"]["processors"][-1].__class__.__name__,
      settings.SECURE_HSTS_SECONDS)
"""


def test_a_public_installation_has_secure_cookies_and_logs_as_json(tmp_path: Path) -> None:
    done = manage("shell", "--no-imports", "-c", ASK, folder=tmp_path)

    assert done.stdout == "[true, true, true, true, true, true] JSONRenderer 31536000\n"
