"""Ask about an agency's standing so that the question and the answer stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from credit.models import Restriction, StandingCheck
from marketplace.kernel.models import RulebookVersion
from marketplace.models import Organization, ServiceClass


@transaction.atomic
def ask_standing(
    *,
    organization: Organization,
    moment: str,
    reference: str,
    service_class: ServiceClass | None,
    rulebook: RulebookVersion,
    at: datetime,
) -> StandingCheck:
    """
    Ask whether a restriction keeps `organization` from `reference` at `at`, and store the answer.

    The row is stored also when nothing is found. Ask with the organisation's row locked. At sign-up
    a restriction that was decided while the request waited for the lock counts too, although the
    request arrived before it: what the decision ended must not come back.
    """
    restrictions = Restriction.objects.filter(organization=organization).blocking()
    restrictions = restrictions.touching(service_class)
    if moment == StandingCheck.Moment.SIGN_UP:
        restrictions = restrictions.not_over(at)
    else:
        restrictions = restrictions.in_force(at)
    found = list(restrictions.order_by("pk").values_list("slug", flat=True))
    return StandingCheck.objects.create(
        organization=organization,
        moment=moment,
        reference=reference,
        asked_at=at,
        restriction_ids=found,
        rulebook_sha256=rulebook.sha256,
        is_clear=not found,
    )
