"""Who appoints those who write the platform's pages."""

from __future__ import annotations

from marketplace.parties import Party
from marketplace.permissions import can_keep_catalogue


def can_appoint_editors(party: Party | None) -> bool:
    """A manager of the province: the pages are the province's, as its catalogue is."""
    return can_keep_catalogue(party)
