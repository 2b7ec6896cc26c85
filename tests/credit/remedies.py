"""What the tests of hearings, reviews and repairs share."""

from typing import Any

from marketplace.kernel.models import Deadline
from marketplace.models import Organization, User
from tests.factories.marketplace import MembershipFactory, Role


def running(row: Any) -> dict[str, object]:
    """Return the deadlines of `row` that were not stopped, by kind."""
    rows = Deadline.objects.filter(object_id=row.pk, stopped_at=None)
    return {one.kind: one.ends_at for one in rows if one.subject == row}


def regulator(authority: Organization) -> User:
    """Return somebody who supervises conduct there."""
    return MembershipFactory(organization=authority, role=Role.REGULATOR).user
