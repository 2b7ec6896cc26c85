"""Which bidders of an order belong together, and which only have a name in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bidding.models import Bid, Tender
from bidding.selection.kinship import Ties, namesakes
from marketplace.kernel.verdicts import Because, guard
from marketplace.models import Membership, Organization
from marketplace.names import name_key


def ties_of(agencies: Iterable[Organization]) -> dict[int, Ties]:
    """Return by primary key what may tie each of `agencies` to another."""
    rows = {agency.pk: agency for agency in agencies}
    people: dict[int, set[str]] = defaultdict(set)
    acting = Membership.objects.active().filter(organization__in=rows)
    for organization, user in acting.values_list("organization", "user"):
        people[organization].add(f"person {user}")
    return {
        pk: Ties(agency.legal_representative, frozenset({*_marks(agency), *people[pk]}))
        for pk, agency in rows.items()
    }


def _marks(agency: Organization) -> Iterable[str]:
    facts = {
        "phone": agency.contact_phone,
        "email": agency.contact_email,
        "address": agency.address,
    }
    return (f"{kind} {name_key(text)}" for kind, text in facts.items() if name_key(text))


def namesakes_of(tender: Tender) -> list[tuple[Organization, Organization]]:
    """
    Return the pairs of standing bidders that have only their representative's name in common.

    They are bidders of an opened order that awaits its registration; who bids is sealed before.
    """
    if tender.status != Tender.Status.EVALUATED:
        return []
    bids = Bid.objects.filter(tender=tender, status=Bid.Status.ACTIVE).select_related("agency")
    agencies = {bid.agency_id: bid.agency for bid in bids.order_by("pk")}
    pairs = namesakes(ties_of(agencies.values()))
    return [(agencies[one], agencies[other]) for one, other in pairs]


@guard(
    _(
        "报名机构的法定代表人同名，其他信息不同：%(pairs)s。同名不等于同一人；须核实身份，"
        "确认不是同一人，并勾选"
    )
)
def namesakes_are_other_people(tender: Tender, ruled_out: bool) -> bool | Because:  # noqa: FBT001
    """An officer has made sure that representatives of one name are two people."""
    pairs = [] if ruled_out else namesakes_of(tender)
    named = [
        gettext("%(one)s与%(other)s") % {"one": one.name, "other": other.name}
        for one, other in pairs
    ]
    return not named or Because(pairs="、".join(named))
