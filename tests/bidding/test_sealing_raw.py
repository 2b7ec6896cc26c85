"""
Whoever steals database, mails, queue and log reads no amount, no part of a draw and no seed.

All of it is read as bytes, as it lies there, with three bids and with none.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from bidding.actions.bids import submit_bid
from bidding.models import Offer, Tender
from marketplace.addresses import confirm_address
from marketplace.kernel.due import sweep_effects
from tests.clock import NOON
from tests.factories.bidding import SEED, TenderFactory, bidder
from tests.factories.marketplace import party

pytestmark = pytest.mark.django_db
AMOUNTS = (Decimal("87654.32"), Decimal("76543.21"), Decimal("65432.10"))
PART = bytes(range(100, 132))


def secrets() -> list[bytes]:
    """Return every form in which a secret could lie somewhere."""
    written = [f"{one}" for one in AMOUNTS] + [f"{one:,}" for one in AMOUNTS]
    written += [str(int(one * 100)) for one in AMOUNTS] + [PART.hex(), SEED.hex()]
    return [*(one.encode() for one in written), PART, SEED]


def raw_rows() -> Iterator[bytes]:
    """Yield every value of every table as bytes, whoever owns it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our own tables
            for row in cursor.fetchall():
                yield from (_bytes(value) for value in row)


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def bid(tender: Tender) -> None:
    """Let three agencies bid over HTTP or by the act, each with its mail."""
    for amount in AMOUNTS:
        who = party(bidder(tender.item), "agency_manager")
        confirm_address(who.user)
        client = Client()
        client.force_login(who.user, backend="marketplace.parties.PersonBackend")
        client.get(f"/tenders/{tender.code}/bid/")
        submit_bid(
            tender=tender, agency=who.organization, amount=amount, by=who.user, at=NOON, part=PART
        )
    sweep_effects(NOON)


def test_a_stolen_database_mail_folder_queue_and_log_tell_nothing(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    tender = TenderFactory(active=True)

    def found() -> list[bytes]:
        queue = Path(settings.DATA_DIR) / "queue"
        files = [one for folder in (tmp_path, queue) for one in folder.rglob("*") if one.is_file()]
        lying = [*raw_rows(), *(one.read_bytes() for one in files), caplog.text.encode()]
        return [secret for secret in secrets() if any(secret in one for one in lying)]

    assert found() == []
    bid(tender)

    assert list(tmp_path.iterdir())
    assert found() == []
    sizes = {len(offer.envelope) for offer in Offer.objects.all()}
    assert (Offer.objects.count(), len(sizes)) == (3, 1)
