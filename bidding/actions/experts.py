"""Keep the pool of experts: enter somebody, suspend, take back, remove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from bidding.actions.sealing import new_seed
from bidding.guards.experts import may_move, may_register
from bidding.guards.versions import version_of_expert
from bidding.models import Expert, ExpertTie
from marketplace.guards.registration import identity_number_is_right
from marketplace.identifiers import check_uscc, person_key
from marketplace.kernel.audit import record
from marketplace.kernel.models.slugs import slug_from
from marketplace.kernel.verdicts import require
from marketplace.models import Division, Organization, ServiceClass, User
from marketplace.web.versions import as_seen

Tie = tuple[str, str]
"""The kind of an interest, and the credit code of the unit."""


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What is entered of an expert; the identity number is turned into a key and is in no row."""

    user: User
    name: str
    title: str
    specialties: Sequence[ServiceClass]
    division: Division
    employer: str
    employer_uscc: str = ""
    identity_number: str = ""
    serves_from: date
    serves_until: date
    ties: Sequence[Tie] = ()

    @property
    def codes(self) -> list[str]:
        """The credit codes that were typed."""
        return [self.employer_uscc, *(uscc for _kind, uscc in self.ties)]

    @property
    def person_key(self) -> str:
        """By what registries name the person; empty where no number was typed."""
        number = self.identity_number
        return person_key(number, settings.IDENTITY_KEY) if number else ""


@transaction.atomic
def register_expert(
    *,
    office: Organization,
    particulars: Particulars,
    by: User,
    at: datetime,
    demo_seed: bytes | None = None,
) -> Expert:
    """
    Enter a person into the pool who has taken the role of an expert at `office`.

    The code decides the place in every draw, so nobody chooses it; the demo alone gives a seed of
    its own, for its draws to be the same each time.

    Raises:
        Refused: a guard in `may_register` does not hold, or the identity number is not right.
        SeedForeseen: a seed is given where DEMO is off.
    """
    office = Organization.objects.lock(office.pk)
    given = particulars
    require(
        *may_register(
            user=given.user,
            office=office,
            specialties=given.specialties,
            term=(given.serves_from, given.serves_until),
            codes=given.codes,
        )
    )
    if given.identity_number:
        require(identity_number_is_right(given.identity_number))
    expert = Expert.objects.create(
        slug=slug_from(new_seed(demo_seed)),
        office=office,
        user=given.user,
        name=given.name,
        title=given.title,
        division=given.division,
        employer=given.employer,
        employer_uscc=check_uscc(given.employer_uscc).value if given.employer_uscc else "",
        person_key=given.person_key,
        serves_from=given.serves_from,
        serves_until=given.serves_until,
        registered_by=by,
        registered_at=at,
    )
    expert.specialties.set(given.specialties)
    ExpertTie.objects.bulk_create(
        ExpertTie(expert=expert, kind=kind, uscc=check_uscc(uscc).value)
        for kind, uscc in given.ties
    )
    record(by=by, verb="expert.registered", target=expert, at=at, organization=office)
    return expert


@transaction.atomic
def move_expert(
    *,
    expert: Expert,
    status: str,
    reasons: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Expert:
    """
    Suspend somebody, take them back into the pool, or remove them for good.

    Seats that were offered before stay theirs; an officer who finds an interest bars them there.

    Raises:
        Refused: a guard in `may_move` does not hold.
    """
    expert = Expert.objects.lock(expert.pk)
    require(*as_seen(version_of_expert(expert), seen), *may_move(expert, status, reasons))
    before = expert.status
    if status == Expert.Status.ACTIVE:
        expert.resume()
    elif status == Expert.Status.SUSPENDED:
        expert.suspend(reasons=reasons.strip())
    else:
        expert.remove(reasons=reasons.strip())
    expert.save()
    record(
        by=by,
        verb=f"expert.{expert.status}",
        target=expert,
        at=at,
        organization=expert.office,
        before=before,
        reasons=expert.status_reasons,
    )
    return expert
