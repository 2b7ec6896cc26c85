"""What of marketplace's tables is public, and moves the version of what is."""

from django.db import models

from marketplace.kernel.models import (
    Article,
    CalendarDay,
    ClockOffset,
    Deadline,
    Law,
    LawVersion,
    Parameter,
    RulebookVersion,
)
from marketplace.kernel.public_triggers import PublicTable
from marketplace.models import (
    Agency,
    Approval,
    ApprovalDeliverable,
    CatalogueList,
    Division,
    ListSubmission,
    Organization,
    OwnershipTie,
    PastPerformance,
    PlaceCode,
    Practitioner,
    Qualification,
    RegisterEntry,
    ServiceClass,
    ServiceItem,
)
from marketplace.models.deadlines import AdmissionDeadline

ON_RECORD = "({row}.status = 'publicity' OR {row}.activated_at IS NOT NULL)"
OF_AN_AGENCY_ON_RECORD = (
    "EXISTS (SELECT 1 FROM marketplace_agency agency WHERE agency.organization_id = {row}.%s"
    " AND (agency.status = 'publicity' OR agency.activated_at IS NOT NULL))"
)
# When the schedule looks at a deadline next, and reminds of it, is told to nobody.
LOOKS = ("next_at", "remind_at")

WHOLE: tuple[type[models.Model], ...] = (
    Approval,
    ApprovalDeliverable,
    Article,
    CalendarDay,
    ClockOffset,
    Division,
    Law,
    LawVersion,
    ListSubmission,
    OwnershipTie,
    Parameter,
    PlaceCode,
    RulebookVersion,
    ServiceClass,
)


def of_kinds(*kinds: str) -> str:
    """Return the condition on a deadline that it is of one of `kinds`."""
    names = ", ".join(f"'{kind}'" for kind in kinds)
    return f"{{row}}.kind IN ({names})"


TABLES = (
    *(PublicTable(model) for model in WHOLE),
    PublicTable(Agency, ON_RECORD),
    PublicTable(
        Organization,
        "{row}.kind = 'authority' OR " + OF_AN_AGENCY_ON_RECORD % "id",
    ),
    PublicTable(RegisterEntry, OF_AN_AGENCY_ON_RECORD % "agency_id"),
    PublicTable(Qualification, OF_AN_AGENCY_ON_RECORD % "agency_id"),
    PublicTable(Practitioner, OF_AN_AGENCY_ON_RECORD % "agency_id"),
    PublicTable(CatalogueList, "{row}.status = 'active'"),
    PublicTable(PastPerformance, "{row}.status = 'checked'"),
    PublicTable(ServiceItem, "{row}.status <> 'draft'"),
    PublicTable(Deadline, of_kinds(AdmissionDeadline.PUBLICITY), LOOKS),
)
