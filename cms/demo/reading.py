"""What the demo looks up; its stories and commands see no table of ours but through this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Min, QuerySet
from wagtail.models import Page

from bidding.actions.quotes import state_of
from bidding.guards.choices import candidates_of as choosable
from bidding.guards.disputes import Filing
from bidding.guards.warnings import warnings_of
from bidding.models import (
    USUAL_CHECKS,
    Bid,
    Exemption,
    Explanation,
    Hall,
    Inspection,
    InspectionPlan,
    Matter,
    PanelSeat,
    Quote,
    Seat,
    Tender,
)
from bidding.sealing.contents import Plan
from bidding.selection.discounts import discounted, rate_of
from bidding.selection.methods import method_of
from bidding.selection.scoring import bidders_of, template_of
from bidding.selection.unit_prices import comes_to, price_of_unit
from cms.models import SectionPage
from credit.models import CreditScheme, ListKind, ReportedFact
from marketplace import parties
from marketplace.exchange import Known, Registered
from marketplace.expiring import endings
from marketplace.guards.papers import Needed, needed_papers
from marketplace.kernel.calendar import is_working_day
from marketplace.kernel.models import CalendarDay, Parameter
from marketplace.models import (
    Agency,
    Division,
    Membership,
    Message,
    Organization,
    PlaceCode,
    Qualification,
    ServiceClass,
    ServiceItem,
    User,
)


def division(code: str) -> Division:
    """Return the division with `code`."""
    return Division.objects.select_related("parent__parent").get(code=code)


def service_class(code: str) -> ServiceClass:
    """Return the service class with `code`."""
    return ServiceClass.objects.get(code=code)


def section(slug: str) -> Page:
    """Return the section of the site with this address."""
    found: Page = SectionPage.objects.get(slug=slug).page_ptr
    return found


def published_item(code: str) -> ServiceItem:
    """Return the version of the item `code` that orders may name."""
    return ServiceItem.objects.published().select_related("service_class").get(code=code)


def published_amount(tender: Tender) -> Decimal | None:
    """Return what everybody offers who takes part, where the order itself says it."""
    return method_of(tender).published_amount(tender)


def quotable(tender: Tender, amount: Decimal) -> Decimal:
    """Return the amount next to `amount` that a bidder can write: of a rate, or of a unit price."""
    if tender.is_by_rate and tender.ceiling:
        return discounted(tender.ceiling, rate_of(tender.ceiling, amount))
    if tender.is_by_unit and tender.quantity:
        return comes_to(price_of_unit(amount, tender.quantity), tender.quantity)
    return amount


def lot_called(title: str, number: int) -> Tender:
    """Return the lot with a number, which has the title of the first until its owner changes it."""
    return Tender.objects.get(title=title, lot=number)


def seats_of(tender: Tender) -> list[PanelSeat]:
    """Return the seats on the panel of an opened order that are taken, in the order of the draw."""
    seats = PanelSeat.objects.of_round(tender).sitting()
    return list(seats.select_related("expert__user"))


def blank_sheet(tender: Tender) -> dict[str, int]:
    """Return how many scores an expert gives each bidder of an opened order, by credit code."""
    evidence = tender.selection.content if tender.selection else {}
    count = len(template_of(evidence).criteria)
    return {bidder.uscc: count for bidder in bidders_of(evidence)}


def candidates_of(tender: Tender) -> list[str]:
    """Return among whom the owner of an opened order chooses, by credit code, if it does."""
    is_open = tender.status == Tender.Status.EVALUATED and tender.choice is None
    return list(choosable(tender)) if is_open and method_of(tender).leaves_choice else []


def question_of(tender: Tender) -> Explanation:
    """Return the question that the opening of an order asked about its one low quote."""
    return Explanation.objects.with_order().get(tender=tender)


def plan_of(name: str, content: bytes) -> Plan:
    """Return a PDF as a bidder seals it with its amount."""
    return Plan(name, "application/pdf", content)


def losers_of(tender: Tender) -> Sequence[Organization]:
    """Return the bidders of an opened order that did not win, by name."""
    award = tender.award
    bids = Bid.objects.filter(tender=tender, status=Bid.Status.ACTIVE)
    others = bids.exclude(agency=award.bid.agency_id) if award else bids
    found = Organization.objects.filter(pk__in=others.values("agency"))
    return list(found.order_by("name"))


def filing_of(
    matter: str,
    *,
    filer: Organization,
    tender: Tender | None,
    respondent: Organization | None,
    occurred_on: date | None,
) -> Filing:
    """Return what somebody objects to or complains of."""
    return Filing(
        matter=Matter(matter),
        filer=filer,
        tender=tender,
        respondent=respondent,
        occurred_on=occurred_on,
    )


def limits_exceeded(tender: Tender, at: datetime) -> list[str]:
    """Return which checks of amounts a draft does not pass, by the names of exemptions."""
    failed = [verdict.guard for verdict in warnings_of(tender, at) if not verdict.holds]
    return [name for name in failed if name in Exemption.Check.values]


def has_hall(tender: Tender) -> bool:
    """Tell whether those who sign up quote in the open afterwards."""
    return method_of(tender).is_live


def awaits_hall(tender: Tender) -> bool:
    """Tell whether the hall of an order is still to open."""
    return not Hall.objects.current().filter(tender=tender).exists()


PROCUREMENT_LIST = ListKind.PROCUREMENT
DEEPEST = 3
"""How many steps down a story looks."""


@dataclass(frozen=True)
class Standing:
    """A hall as its bidders see it: who sits there, who leads, and what may be quoted now."""

    agencies: Sequence[Organization]
    leading: frozenset[int]
    amounts: Sequence[Decimal]
    """What may be quoted, the highest first; empty where nobody may any more."""
    count: int
    moved_at: datetime
    ends_at: datetime


def standing_in(tender: Tender) -> Standing:
    """Return how the open hall of an order stands."""
    tender = Tender.objects.get(pk=tender.pk)
    hall = tender.hall
    if hall is None:
        raise Hall.DoesNotExist
    seats = Seat.objects.filter(hall=hall).select_related("bid__agency")
    lowest = Quote.objects.filter(hall=hall, amount=hall.price or 0)
    state = state_of(tender, hall)
    return Standing(
        # by name: the numbers of the seats come by chance, and a story is the same each time
        agencies=[seat.bid.agency for seat in seats.order_by("bid__agency__name")],
        leading=frozenset(lowest.values_list("seat__bid__agency", flat=True)),
        amounts=list(state.steps(DEEPEST)),
        count=hall.quote_count,
        moved_at=hall.moved_at,
        ends_at=hall.ends_at,
    )


def end_of_hall(tender: Tender) -> datetime:
    """Return when the hall of an order ends, as its last quote has left it."""
    return Hall.objects.current().get(tender=tender).ends_at


def open_halls() -> list[Tender]:
    """Return the orders whose halls are open."""
    return list(Tender.objects.filter(status=Tender.Status.BIDDING).order_by("pk"))


def somebody_of(organization: Organization) -> User:
    """Return who acts for an agency."""
    held = Membership.objects.active().filter(organization=organization)
    return held.select_related("user").order_by("pk")[0].user


def agency_of(organization: Organization) -> Agency | None:
    """Return the agency's own part of `organization`."""
    return Agency.objects.of(organization)


def ending_certificate(agency: Agency) -> Qualification:
    """Return the certificate of `agency` that runs out first and that nothing follows upon."""
    return next(one.certificate for one in endings(agency) if one.certificate is not None)


def memberships_of(user: User) -> QuerySet[Membership]:
    """Return what `user` is, and where, oldest first."""
    return Membership.objects.held_by(user)


def person(username: str) -> User | None:
    """Return the active person who logs in as `username`, or None."""
    return parties.person(username)


def scheme_text() -> str:
    """Return the document of the latest version of the credit scheme."""
    return CreditScheme.objects.latest("valid_from").content


def unread_messages(before: datetime) -> QuerySet[Message]:
    """Return everybody's unread messages from before `before`, oldest first."""
    return Message.objects.unread().filter(created_at__lt=before).order_by("pk")


def tender_by_slug(slug: str) -> Tender | None:
    """Return one order as it stands now, or None."""
    return Tender.objects.filter(slug=slug).first()


def tender_by_title(title: str) -> Tender | None:
    """Return the latest order of exactly this title with its award and contract, or None."""
    tenders = Tender.objects.filter(title=title).joined_with("award__contract")
    return tenders.order_by("-pk").first()


def working_days(first: date, last: date) -> list[date]:
    """Return the working days from `first` to `last`, both included."""
    calendar = CalendarDay.objects.work_calendar()
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return [day for day in days if is_working_day(day, calendar)]


def rules_begin() -> date | None:
    """Return the first day on which a rule value is in force, or None without any."""
    first: date | None = Parameter.objects.aggregate(day=Min("in_force_from"))["day"]
    return first


def reported_fact(reference: str) -> ReportedFact:
    """Return what was reported of an order, for an officer to judge."""
    return ReportedFact.objects.get(reference=reference)


def place_code(code: str) -> PlaceCode:
    """Return a place outside the province, as its code is used now."""
    return PlaceCode.objects.get(code=code, valid_until__isnull=True)


def told_by_registry(facts: Mapping[str, Any], reference: str) -> Known:
    """Return what a registry would tell of an agency."""
    return Known(Registered(facts, reference), ())


def papers_needed_by(agency: Agency) -> list[Needed]:
    """Return what an application has to bring, paper by paper."""
    return needed_papers(agency)


def offices_of(person: User) -> list[Organization]:
    """Return the authorities that somebody works for, the oldest membership first."""
    return parties.organizations_of(person)


def checks_of(plan: InspectionPlan) -> list[tuple[Inspection, User]]:
    """Return what was drawn for a plan, in the order of the lots, each with who reports it."""
    checks = Inspection.objects.with_relations().filter(plan=plan).order_by("pk")
    return [(check, check.seats.select_related("user")[0].user) for check in checks]


def usual_lines() -> list[str]:
    """Return what is looked at where a regulator names nothing else."""
    return list(map(str, USUAL_CHECKS))
