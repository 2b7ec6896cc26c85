"""What the officers of the register handle: applications, changes, owners, moves, past work."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.guards.versions import (
    version_of_application,
    version_of_buyer,
    version_of_change,
    version_of_move,
    version_of_performance,
)
from marketplace.models import (
    Agency,
    Buyer,
    ChangeProposal,
    PastPerformance,
    PractitionerMove,
)
from marketplace.models.moves import OPEN as OPEN_MOVES
from marketplace.permissions import can_check_admission, can_check_owner
from marketplace.web.queues import Queue

OF_AN_AGENCY = "organization__name", "organization__uscc", "organization__legal_representative"
A = Agency.Status

ADMISSIONS = Queue(
    name="admissions",
    label=_("入驻审核"),
    rows=lambda: Agency.objects.exclude(status=A.DRAFT).select_related(
        "organization__division__parent"
    ),
    lookup="organization__slug",
    searched=OF_AN_AGENCY,
    may_handle=can_check_admission,
    is_open=lambda agency: agency.status in {A.SUBMITTED, A.PUBLICITY},
    title=str,
    url=lambda agency: reverse("marketplace:admission_check", args=[agency.organization.slug]),
    version=version_of_application,
)
CHANGES = Queue(
    name="changes",
    label=_("变更审核"),
    rows=lambda: ChangeProposal.objects.select_related("agency__organization__division__parent"),
    searched=(*(f"agency__{name}" for name in OF_AN_AGENCY), "title"),
    may_handle=lambda party, row: can_check_admission(party, row.agency),
    is_open=lambda row: row.status == ChangeProposal.Status.SUBMITTED,
    title=lambda row: f"{row.agency} {row.title}",
    url=lambda row: reverse("marketplace:change_check", args=[row.slug]),
    version=version_of_change,
)
OWNERS = Queue(
    name="owners",
    label=_("业主核验"),
    rows=lambda: Buyer.objects.select_related("organization__division__parent"),
    lookup="organization__slug",
    searched=OF_AN_AGENCY,
    may_handle=can_check_owner,
    is_open=lambda buyer: buyer.status == Buyer.Status.REGISTERED,
    title=str,
    url=lambda buyer: reverse("marketplace:owner_check", args=[buyer.organization.slug]),
    version=lambda buyer: version_of_buyer(buyer.organization),
)
MOVES = Queue(
    name="moves",
    label=_("人员转入"),
    rows=PractitionerMove.objects.with_relations,
    searched=(
        *("practitioner__name", "practitioner__certificate_number"),
        *("from_agency__organization__name", "to_agency__organization__name"),
    ),
    may_handle=lambda party, row: can_check_admission(party, row.from_agency),
    is_open=lambda row: row.status in OPEN_MOVES,
    title=lambda row: row.practitioner.name,
    url=lambda row: reverse("marketplace:move", args=[row.slug]),
    version=version_of_move,
)
PERFORMANCE = Queue(
    name="performance",
    label=_("业绩核验"),
    rows=lambda: PastPerformance.objects.select_related("agency__organization__division__parent"),
    searched=(*(f"agency__{name}" for name in OF_AN_AGENCY), "title", "client"),
    may_handle=lambda party, row: can_check_admission(party, row.agency),
    is_open=lambda row: row.status == PastPerformance.Status.ENTERED,
    title=str,
    url=lambda row: reverse("marketplace:performance_check", args=[row.slug]),
    version=version_of_performance,
)
HANDLED = (ADMISSIONS, CHANGES, OWNERS, MOVES, PERFORMANCE)
