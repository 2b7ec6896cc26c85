"""Tell who has filed an objection or a complaint, who answers it, and who sees to it."""

from __future__ import annotations

from datetime import datetime

from bidding import links
from bidding.actions.telling import tell
from bidding.models import Dispute
from bidding.permissions import dispute_role
from marketplace.actions.messages import notify


def tell_filer(dispute: Dispute, kind: str, at: datetime) -> None:
    """Tell who has filed it."""
    url = links.to_own_dispute(dispute)
    notify(organization=dispute.filer, kind=kind, at=at, url=url, dispute=dispute)


def tell_respondent(dispute: Dispute, kind: str, at: datetime) -> None:
    """Tell the other side: of an order those alone who run it there."""
    url, side = links.to_own_dispute(dispute), dispute.respondent
    if dispute.tender is not None and side.pk == dispute.tender.buyer_id:
        tell(organization=side, tender=dispute.tender, kind=kind, at=at, url=url, dispute=dispute)
        return
    notify(organization=side, kind=kind, at=at, url=url, dispute=dispute)


def tell_authority(dispute: Dispute, kind: str, at: datetime) -> None:
    """Tell the officers who see to it."""
    notify(
        organization=dispute.authority,
        kind=kind,
        at=at,
        url=links.to_dispute(dispute),
        roles=[dispute_role(dispute)],
        dispute=dispute,
    )
