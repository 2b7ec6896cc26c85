"""One public record of each kind."""

from __future__ import annotations

from django.core.management import call_command
from django.urls import reverse

from marketplace.kernel.models import Law
from tests.clock import NOON
from tests.factories.bidding import ContractFactory, load_reference, rulebook
from tests.factories.credit import RestrictionFactory
from tests.factories.disputes import DisputeFactory
from tests.notices import publish_notice


def public_records() -> dict[str, str]:
    """Store one record of each kind, and return their addresses."""
    load_reference()
    call_command("load_pages", at=NOON, verbosity=0)
    award = ContractFactory().award
    tender = award.tender
    restriction = RestrictionFactory(organization=award.bid.agency)
    complaint = DisputeFactory(decided=True)
    told = {"slug": "rain", "title": "雨天", "source": "省", "summary": "", "body": "照常。"}
    notice = publish_notice(**told, by=tender.created_by, at=NOON)
    law = Law.objects.first()
    assert law is not None
    return {
        "order": reverse("bidding:tender", args=[tender.code]),
        "letter": reverse("bidding:award_letter", args=[tender.code]),
        "agency": reverse("bidding:agency", args=[award.bid.agency.slug]),
        "owner": reverse("bidding:owner", args=[tender.buyer.slug]),
        "item": reverse("bidding:item", args=[tender.item.code]),
        "decision": reverse("credit:decision", args=[restriction.slug]),
        "complaint": reverse("bidding:complaint", args=[complaint.number]),
        "notice": notice.url,
        "law": reverse("marketplace:law", args=[law.slug]),
        "rulebook": reverse("marketplace:rulebook"),
        "version": reverse("marketplace:rulebook_version", args=[rulebook().sha256]),
    }
