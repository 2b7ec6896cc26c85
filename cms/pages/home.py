"""What the home page tells, as plain values; a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from bidding.models import Award, Seal, Selection, Tender
from bidding.pages.names import AgencyName, agency_name, as_they_stand
from bidding.pages.order_lines import OrderLine, order_lines
from cms.statistics import (
    Share,
    Stretch,
    awarded_stretch,
    open_counts,
    open_shares,
    published_stretch,
    working_days,
)
from credit.models import Restriction
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.models.deadlines import deadlines_of
from marketplace.kernel.rules import rules_in_force
from marketplace.models import Division
from marketplace.rules import FORMAL_CHECK, PUBLICITY
from marketplace.web.known_at import once_at

CLOSING_COUNT = 4
AWARDED_COUNT = 3
RESTRICTION_COUNT = 2
CLASS_COUNT, CITY_COUNT = 5, 4


@dataclass(frozen=True)
class LatestDraw:
    """What the seal on the home page is drawn from."""

    commitment: str
    title: str
    code: str
    at: datetime
    is_selected: bool


@dataclass(frozen=True)
class AwardedRow:
    """A recent award."""

    code: str
    title: str
    agency: AgencyName
    amount: Decimal


@dataclass(frozen=True)
class HomeFacts:
    """All that the home page tells."""

    today: date
    open_count: int
    closing_today_count: int
    draw: LatestDraw | None
    published: Stretch
    awarded: Stretch
    closing: list[OrderLine]
    awards: list[AwardedRow]
    classes: list[Share]
    cities: list[Share]
    restrictions: list[Restriction]
    restriction_count: int
    admission_days: dict[str, str]

    @property
    def knows_admission_days(self) -> bool:
        """Tell whether the rulebook says how long both steps of an admission take."""
        return all(self.admission_days.get(step) for step in ("formal_check", "publicity"))

    @property
    def class_count(self) -> int:
        return len(self.classes)

    @property
    def busy_classes(self) -> list[Share]:
        """The classes with most open orders."""
        return [share for share in self.classes if share.count][:CLASS_COUNT]

    @property
    def busy_cities(self) -> list[Share]:
        """The cities with most open orders."""
        return [share for share in self.cities if share.count][:CITY_COUNT]


def home_facts(at: datetime) -> HomeFacts:
    """Read what the home page tells at `at`."""
    days = working_days(day_of(at), CalendarDay.objects.work_calendar())
    open_count, closing_today_count = open_counts(at)
    classes, cities = open_shares(at)
    restrictions = Restriction.objects.in_force(at).public()
    return HomeFacts(
        today=day_of(at),
        open_count=open_count,
        closing_today_count=closing_today_count,
        draw=known.once("latest draw", read=_read_draw),
        published=published_stretch(at, days),
        awarded=awarded_stretch(at, days),
        closing=order_lines(once_at("closing soon", at, read=partial(_read_closing, at))),
        awards=_awards(at),
        classes=classes,
        cities=cities,
        restrictions=list(
            restrictions.select_related("organization", "case", "service_class").order_by(
                "-effective_from", "-pk"
            )[:RESTRICTION_COUNT]
        ),
        restriction_count=once_at("restrictions", at, read=restrictions.count),
        admission_days=known.once(
            "admission days",
            day_of(at),
            get_language(),
            read=partial(_admission_days, at),
        ),
    )


def _admission_days(at: datetime) -> dict[str, str]:
    """Return how long the steps of an admission take, by the last part of the rule's key."""
    province = Division.objects.province()
    rules = rules_in_force(province, day_of(at)) if province else {}
    asked = (FORMAL_CHECK.key, PUBLICITY.key)
    return {key.rpartition(".")[2]: rules[key].in_words for key in asked if key in rules}


def _read_closing(at: datetime) -> list[int]:
    return list(closing_soon(at).values_list("pk", flat=True))


def closing_soon(at: datetime) -> QuerySet[Tender]:
    """Return the next orders to close."""
    return Tender.objects.open_at(at).by_closing()[:CLOSING_COUNT]


def latest_draw() -> Selection | Seal | None:
    """Return the latest selection, which anyone can repeat; before the first, the latest seal."""
    orders = Tender.objects.joined_with("seal")
    selections = Selection.objects.current().prefetch_related(Prefetch("tender", orders))
    selection = selections.order_by("-pk").first()
    if selection is not None:
        return selection
    seals = Seal.objects.filter(tender__published_at__isnull=False)
    return seals.select_related("tender").order_by("-pk").first()


def _read_draw() -> LatestDraw | None:
    latest = latest_draw()
    if latest is None:
        return None
    tender = latest.tender
    of_order = (str(tender), str(tender.code))
    if isinstance(latest, Selection):
        commitment = tender.seal.commitment
        return LatestDraw(commitment, *of_order, latest.selected_at, is_selected=True)
    return LatestDraw(latest.commitment, *of_order, latest.committed_at, is_selected=False)


def just_awarded() -> list[Award]:
    """Return the latest awards whose result publicity is over."""
    awards = (
        Award.objects.won()
        .select_related("tender", "bid__agency")
        .prefetch_related(deadlines_of())
        .order_by("-pk")[:AWARDED_COUNT]
    )
    return sorted(awards, key=lambda award: award.publicity_ends_at, reverse=True)


def _awards(at: datetime) -> list[AwardedRow]:
    """Return the latest awards; how their winners stand changes with time alone."""
    rows = known.once("just awarded", read=_read_awards)
    names = as_they_stand([row.agency for row in rows], at)
    return [replace(row, agency=name) for row, name in zip(rows, names, strict=True)]


def _read_awards() -> list[AwardedRow]:
    return [
        AwardedRow(
            code=str(award.tender.code),
            title=award.tender.title,
            agency=agency_name(award.bid.agency),
            amount=award.amount,
        )
        for award in just_awarded()
    ]
