"""Is the secret of a possible draw still the one that was promised before anybody could bid."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bidding.models import Seal, Tender
from bidding.models.rounds import NothingInRound
from bidding.rulebook import rules_for
from bidding.selection.draw import commitment
from bidding.selection.methods import method_of
from bidding.selection.terms.versions import UnknownVersion, in_version
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import guard


def awaits_opening(tender: Tender) -> bool:
    """Tell whether bids are or may be under the seal; what was opened has its evidence."""
    return tender.status in {Tender.Status.ACTIVE, Tender.Status.CLOSED, Tender.Status.BIDDING}


@guard(_("抽取承诺与发布公告时公布的不一致，查明以前不开启报价"))
def seal_is_as_published(tender: Tender) -> bool:
    """Compare the seal with what the notice and the trail say, and with its seed and the terms."""
    try:
        seal = tender.seal
    except NothingInRound:
        return False
    told = {tender.commitment, *_in_trail(tender), _promised(tender, seal)}
    return told == {seal.commitment}


def _in_trail(tender: Tender) -> list[str]:
    """Return the commitment of each publication that was recorded of an order."""
    entries = AuditEntry.objects.filter(
        target_type=Tender._meta.label_lower, target_id=str(tender.pk), verb="tender.published"
    )
    return [str(data.get("commitment")) for data in entries.values_list("data", flat=True)]


def _promised(tender: Tender, seal: Seal) -> str:
    """Return what the seed commits to under the terms of today; nothing when it is no seed."""
    assert tender.published_at is not None  # noqa: S101 - a constraint: a seal comes with it
    terms = method_of(tender).terms(tender, rules_for(tender, tender.published_at))
    try:
        return commitment(bytes.fromhex(seal.seed), in_version(seal.terms_version, terms))
    except (ValueError, UnknownVersion):
        return ""
