"""Is the secret of a possible draw still the one that was promised before anybody could bid."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bidding.models import BidList, Seal, Tender
from bidding.models.rounds import NothingInRound
from bidding.rulebook import rules_for
from bidding.sealing.keyring import platform_key
from bidding.sealing.receipts import NotSigned, vouched_key
from bidding.selection.draw import SeedOfWrongLength, commitment
from bidding.selection.methods import method_of
from bidding.selection.terms.versions import Terms, UnknownVersion, in_version
from marketplace.kernel.canonical import canonical_json, sha256_hex
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import guard

PROMISING = ("tender.published", "tender.amended")
"""What promises a seed: the publication, and an amendment that begins another round."""


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
    written = _in_trail(tender)
    told = {tender.commitment, *(promise for promise, _seal in written)}
    is_promised = told == {seal.commitment}
    return is_promised and {known for _promise, known in written} <= {fingerprint(tender, seal)}


@guard(_("抽取种子与发布公告时的承诺不一致，查明以前不开启报价"))
def seed_is_as_promised(tender: Tender, seal: Seal, seed: bytes) -> bool:
    """Compare what the seal held with what was promised under the terms of today."""
    try:
        return commitment(seed, in_version(seal.terms_version, _terms(tender))) == seal.commitment
    except (SeedOfWrongLength, UnknownVersion):
        return False


@guard(_("密封名单与截止时公布的校验值不一致，查明以前不开启报价"))
def list_is_as_frozen(tender: Tender, frozen: BidList | None) -> bool:
    """Compare the hash of the sealed bids with what the trail says of the closing."""
    entries = AuditEntry.objects.filter(
        target_type=Tender._meta.label_lower, target_id=str(tender.pk), verb="tender.closed"
    )
    told = {data.get("bids") for data in entries.values_list("data", flat=True)}
    return frozen.sha256 in told if told and frozen else not told


@guard(_("这次采购的密封公钥不是平台签发的，查明以前不能报价"))
def key_is_vouched(tender: Tender) -> bool:
    """Ask the platform's signature, which whoever can write into the database cannot make."""
    try:
        vouched_key(tender.sealing_key, tender.reference, platform_key().public_key())
    except NotSigned:
        return False
    return True


def fingerprint(tender: Tender, seal: Seal) -> str:
    """Return what stands for a seal in the trail: terms, commitment, sealed seed and key in one."""
    try:
        terms: object = in_version(seal.terms_version, _terms(tender)).as_json()
    except UnknownVersion:
        terms = None
    return sha256_hex(
        canonical_json(
            {
                "commitment": seal.commitment,
                "key": tender.sealing_key,
                "sealed_seed": sha256_hex(bytes(seal.sealed_seed)),
                "terms": terms,
            }
        )
    )


def _in_trail(tender: Tender) -> list[tuple[str, str]]:
    """Return commitment and fingerprint of each promise recorded of the round an order is in."""
    entries = AuditEntry.objects.filter(
        target_type=Tender._meta.label_lower, target_id=str(tender.pk), verb__in=PROMISING
    )
    told = entries.values_list("data", flat=True)
    of_round = (data for data in told if data.get("round", 1) == tender.selection_round)
    promising = (data for data in of_round if data.get("is_material", True))
    return [(str(data.get("commitment")), str(data.get("seal"))) for data in promising]


def _terms(tender: Tender) -> Terms:
    rules = rules_for(tender, tender.published_at or tender.created_at)
    return method_of(tender).terms(tender, rules)
