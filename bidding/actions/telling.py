"""Tell those of an organisation whose business an order is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bidding.models import Tender
from bidding.permissions import readers_of
from marketplace.actions.messages import notify_person
from marketplace.models import Message, Organization


def tell(
    *, organization: Organization, tender: Tender, kind: str, at: datetime, url: str, **context: Any
) -> list[Message]:
    """
    Tell everybody in `organization` who may open what the message is about, and nobody else.

    What it says and how is as in `notify`; `tender` is in the context of the words.
    """
    about = {**context, "tender": tender}
    return [
        notify_person(user=user, organization=organization, kind=kind, at=at, url=url, **about)
        for user in readers_of(tender, organization)
    ]
