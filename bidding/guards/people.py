"""Are the people enough whom a bid names, where its item asks for people; do they still serve?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.models import Award, OpenedOffer
from marketplace.guards.requirements import names_of, reasons
from marketplace.holdings import barred_among, holdings_of
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Organization, Practitioner, ServiceItem
from marketplace.requirements import ask, asks_for_people, professions_of

PEOPLE = "people"
"""Under what name an envelope holds them."""


def people_for(item: ServiceItem, agency: Organization) -> list[Practitioner]:
    """Return the people of `agency` whom a bid may name; nobody, and no query, where none count."""
    professions = professions_of(item.requires)
    if not professions:
        return []
    own = Practitioner.objects.filter(agency__organization=agency)
    return list(own.filter(certificate_name__in=professions))


def as_named(people: Sequence[Practitioner]) -> list[dict[str, str]]:
    """Return people as a bid keeps them: what they were on the day it was sent."""
    return [
        {
            "name": one.name,
            "profession": one.certificate_name,
            "number": one.certificate_number,
        }
        for one in people
    ]


@guard(_("列明的执业人员不在贵单位执业，或者不是这个事项要求的专业，请重新勾选"))
def named_people_are_of_the_agency(numbers: Collection[str], own: Sequence[Practitioner]) -> bool:
    """Ask it of each; a person is registered with one agency only, whichever bids."""
    return {one.certificate_number for one in own}.issuperset(numbers)


@guard(_("列明的执业人员不足：%(reasons)s"))
def named_people_are_enough(
    item: ServiceItem, agency: Organization, people: Sequence[Practitioner], at: datetime
) -> bool | Because:
    """Ask what the item requires with these people for all that the agency has."""
    requirement = item.requires
    held = holdings_of([agency.pk], at, [requirement])[agency.pk]
    barred = barred_among([one.certificate_number for one in people], at)
    serving = [one for one in people if one.certificate_number not in barred]
    named = Counter(one.certificate_name for one in serving)
    answer = ask(requirement, replace(held, people=named))
    return answer.holds or Because(reasons=reasons(answer, names_of(item)))


def may_name(
    item: ServiceItem,
    agency: Organization,
    numbers: Collection[str],
    own: Sequence[Practitioner],
    at: datetime,
) -> tuple[Verdict, ...]:
    """Ask what must hold of the people whom a bid names; nothing where the item asks for none."""
    if not asks_for_people(item.requires):
        return ()
    named = [one for one in own if one.certificate_number in numbers]
    return (
        named_people_are_of_the_agency(numbers, own),
        named_people_are_enough(item, agency, named, at),
    )


@guard(_("报名时列明的%(people)s已不在贵单位执业或者暂停执业，恢复以后才能签约"))
def named_people_still_serve(award: Award, at: datetime) -> bool | Because:
    """Ask it at the contract of whom the winning bid named; a signature waits until all do."""
    named = people_named(award)
    if not named:
        return True
    numbers = [one["number"] for one in named]
    registered = Practitioner.objects.filter(
        agency__organization=award.bid.agency_id, certificate_number__in=numbers
    )
    serving = set(registered.values_list("certificate_number", flat=True))
    serving -= barred_among(numbers, at)
    gone = [one["name"] for one in named if one["number"] not in serving]
    return not gone or Because(people=str(_("、")).join(gone))


def people_named(award: Award) -> list[dict[str, str]]:
    """Return whom the winning bid named; nobody, and no query, where the item asks for none."""
    return people_of(_opened(award)) if asks_for_people(award.tender.item.requires) else []


def people_of(more: Mapping[str, object] | None) -> list[dict[str, str]]:
    """Return whom an opened bid names."""
    found = (more or {}).get(PEOPLE, [])
    return found if isinstance(found, list) else []


def _opened(award: Award) -> Mapping[str, object] | None:
    opened = OpenedOffer.objects.filter(offer__bid=award.bid_id).order_by("-offer__version")
    return opened.values_list("more", flat=True).first()
