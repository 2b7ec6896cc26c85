"""The command names each holder with how many shares were wrapped anew, or what is missing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from bidding.models import KeyShare
from bidding.sealing.keyring import keyring
from tests.factories.bidding import TenderFactory

pytestmark = pytest.mark.django_db


def called(*words: str, **options: bool) -> str:
    out = StringIO()
    call_command("rotate_seal_keys", *words, stdout=out, **options)
    return out.getvalue()


def test_it_rotates_says_what_lacks_and_refuses_what_it_cannot(settings, tmp_path) -> None:
    settings.SEAL_KEYS_DIR = tmp_path / "keys"
    keyring.cache_clear()
    TenderFactory(active=True)

    assert called("operator", dry_run=True) == "no key is missing\n"
    assert called("operator", "manager") == (
        "operator: 1 shares wrapped anew\nmanager: 1 shares wrapped anew\n"
    )
    KeyShare.objects.filter(holder="operator").update(key="lost")
    assert called("operator", dry_run=True) == "operator:lost\n"
    with pytest.raises(CommandError, match="operator: the key lost is missing"):
        called("operator")
    with pytest.raises(CommandError, match="invalid choice"):
        called("nobody")
    keyring.cache_clear()
