"""The public lists as they are searched: by readers, by feeds and for those who wait."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import product
from typing import Any

from django.db.models import Case, CharField, DateTimeField, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bidding.forms.facets import (
    agency_facets,
    agency_words,
    award_facets,
    award_words,
    dispute_facets,
    dispute_words,
    item_facets,
    item_words,
    tender_facets,
    tender_words,
)
from bidding.models import Award, Dispute, Tender
from bidding.models.stages import WORDS
from bidding.pages.agencies import agencies
from bidding.pages.agency_finder import finder_facets, item_facet
from bidding.pages.complaints import public_disputes
from bidding.pages.own import matching_tenders
from bidding.stages import Stage
from credit.models import Restriction
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from marketplace.models import Organization, ServiceItem
from marketplace.web.facets import MAX_WORDS, Facet, FacetedList, Option
from marketplace.web.known_at import next_end
from marketplace.web.words import words_of

Text = str | Promise
MINE, YES = "mine", "1"
PHASE = "phase"
NO_END = Value(None, output_field=DateTimeField())


@dataclass(frozen=True)
class Listed:
    """
    One row of a public list: `key` names it among its kind, `at` is since when it is public.

    Of a change, `at` is when the row came to it, `change` names it and `word` says it.
    """

    key: str
    title: str
    url: str
    at: datetime
    text: str = ""
    ends_at: datetime | None = None
    change: str = ""
    word: Text = ""


@dataclass(frozen=True)
class Change:
    """What a row may have come to: a name, its word, since when it is so, and of which rows."""

    name: str
    word: Text
    since: str
    of: Callable[[datetime], Q] = lambda _at: Q()


@dataclass(frozen=True)
class PublicSearch:
    """
    One public list: `search` narrows its `rows` as its page does, `columns` are those of `Listed`.

    `changes` are what its rows may come to.
    """

    name: str
    label: Text
    view: str
    rows: Callable[[], QuerySet[Any]]
    search: Callable[[QueryDict, datetime, Organization | None], FacetedList[Any]]
    detail: str
    newest: str
    columns: Sequence[str | Combinable]
    changes: Sequence[Change] = ()

    @property
    def key(self) -> str:
        """The column that names a row among its kind."""
        return str(self.columns[0])

    def found(
        self, asked: QueryDict, at: datetime, agency: Organization | None = None
    ) -> FacetedList[Any]:
        """Return what the page of the list finds; `agency` is for whom `mine` asks."""
        return self.search(asked, at, agency)

    def newest_first(
        self, found: FacetedList[Any], most: int, since: datetime | None = None
    ) -> Iterator[Listed]:
        """Yield the newest rows of what was found, from `since` on if given; one statement."""
        rows = found.filtered().filter(**{f"{self.newest}__isnull": False})
        if since is not None:
            rows = rows.filter(**{f"{self.newest}__gte": since})
        rows = rows.order_by(f"-{self.newest}", "-pk").values_list(*self.columns, self.newest)
        for key, title, text, ends_at, at in rows[:most]:
            yield Listed(key, title, reverse(self.detail, args=[key]), at, text or "", ends_at)

    def whatever_phase(self, found: FacetedList[Any]) -> QuerySet[Any]:
        """Return what was found, and what would be if nobody had asked how far it has come."""
        phase = next((one for one in found.facets if one.name == PHASE), None)
        return found.filtered(without=phase)

    def changed(
        self, rows: QuerySet[Any], at: datetime, most: int, since: datetime
    ) -> Iterator[Listed]:
        """Yield what rows have come to from `since` on, the latest first; one statement."""
        shown = self.columns[:3]
        parts = [
            rows.filter(one.of(at), **{f"{one.since}__gte": since})
            .order_by()
            .annotate(came_to=Value(one.name, output_field=CharField()), came_at=F(one.since))
            .values_list(*shown, "came_to", "came_at")
            for one in self.changes
        ]
        if not parts:
            return
        words = {one.name: one.word for one in self.changes}
        changes = parts[0].union(*parts[1:]).order_by("-came_at")
        for key, title, text, name, came_at in changes[:most]:
            url, change = reverse(self.detail, args=[key]), f"{name}:{came_at:%Y%m%d%H%M%S}"
            yield Listed(key, title, url, came_at, text or "", None, change, words[name])


def tender_search(
    asked: QueryDict, at: datetime, agency: Organization | None = None
) -> FacetedList[Tender]:
    """
    Return the published orders, narrowed by words and facets.

    With `agency` they can be narrowed to what it may sign up for, as the guards would say.
    """
    kept_as: tuple[Hashable, ...] = ("tenders", day_of(at), next_end(at))
    facets = known.once("tender facets", *kept_as, read=partial(tender_facets, at))
    if agency is not None and YES in asked.getlist(MINE):
        may = Q(pk__in=matching_tenders(agency, at).order_by().values("pk"))
        facets = [Facet(MINE, _("本机构"), [Option(YES, _("只看我能报的"), may)]), *facets]
        kept_as = ()
    text = asked.get("q", "")[:MAX_WORDS]
    words = words_of(text, tender_words, tender="code")
    return FacetedList(
        Tender.objects.public(), facets, asked, words.condition, kept_as, words.reading
    )


def _has_failed(_at: datetime) -> Q:
    return Q(status=Tender.Status.UNSUCCESSFUL)


def _is_cancelled(_at: datetime) -> Q:
    return Q(status=Tender.Status.CANCELLED)


def _openly_restricted(at: datetime) -> Q:
    return Q(restrictions__in=Restriction.objects.shown(at))


def award_search(
    asked: QueryDict,
    at: datetime,  # noqa: ARG001 - as all searches
    agency: Organization | None = None,  # noqa: ARG001 - as all searches
) -> FacetedList[Award]:
    """Return the winners and contracts, narrowed by words and facets."""
    text = asked.get("q", "")[:MAX_WORDS]
    words = words_of(text, award_words, tender="tender__code", contract="contract__number")
    facets = known.once("award facets", read=award_facets)
    return FacetedList(
        Award.objects.all(), facets, asked, words.condition, ("awards",), words.reading
    )


def agency_search(
    asked: QueryDict,
    at: datetime,
    agency: Organization | None = None,  # noqa: ARG001 - as all searches
) -> FacetedList[Organization]:
    """Return the agencies on the register, narrowed by words and facets."""
    text = asked.get("q", "")[:MAX_WORDS]
    words = words_of(text, agency_words, agency="slug")
    facets = known.once("agency facets", read=agency_facets)
    facets = [*item_facet(asked.get("item", ""), at), *facets, *finder_facets(at)]
    kept_as = () if asked.get("item") else ("agencies", day_of(at))
    return FacetedList(agencies(), facets, asked, words.condition, kept_as, words.reading)


def item_search(
    asked: QueryDict,
    at: datetime,  # noqa: ARG001 - as all searches
    agency: Organization | None = None,  # noqa: ARG001 - as all searches
) -> FacetedList[ServiceItem]:
    """Return the published items, narrowed by words and facets."""
    text = asked.get("q", "")[:MAX_WORDS]
    words = words_of(text, item_words, item="code")
    facets = known.once("item facets", read=item_facets)
    return FacetedList(
        ServiceItem.objects.published(), facets, asked, words.condition, ("items",), words.reading
    )


def titled_disputes() -> QuerySet[Dispute]:
    """Return the objections and complaints that everybody may read, each `called` by its title."""
    titles = (
        When(kind=kind, matter=matter, then=Value(Dispute(kind=kind, matter=matter).title))
        for kind, matter in product(Dispute.Kind, Dispute.Matter)
    )
    return public_disputes().annotate(called=Case(*titles, output_field=CharField()))


def dispute_search(
    asked: QueryDict,
    at: datetime,  # noqa: ARG001 - as all searches
    agency: Organization | None = None,  # noqa: ARG001 - as all searches
) -> FacetedList[Dispute]:
    """Return the public objections and complaints, narrowed by words and facets."""
    condition = dispute_words(asked.get("q", ""))
    return FacetedList(titled_disputes(), dispute_facets(), asked, condition)


OF_ORDERS = (
    Change("amended", _("公告已变更"), "amendments__made_at"),
    Change("awarded", WORDS[Stage.RESULT_PUBLICITY], "awards__published_at"),
    Change("signed", _("已签合同"), "awards__contract__signed_at"),
    Change("failed", WORDS[Stage.UNSUCCESSFUL], "ended_at", _has_failed),
    Change("cancelled", WORDS[Stage.CANCELLED], "ended_at", _is_cancelled),
)
OF_AWARDS = (
    Change("signed", _("已签合同"), "contract__signed_at"),
    Change("cancelled", _("中选已取消"), "cancelled_at"),
    Change("terminated", _("合同已终止"), "contract__terminated_at"),
)
OF_AGENCIES = (
    Change("restricted", _("新的信用限制"), "restrictions__case__decided_at", _openly_restricted),
)
OF_DISPUTES = (
    Change("decided", _("已作出处理决定"), "decided_at"),
    Change("closed", _("已办结"), "closed_at"),
)
PUBLIC_SEARCHES: dict[str, PublicSearch] = {
    one.name: one
    for one in (
        PublicSearch(
            *(
                "tenders",
                _("采购公告"),
                "bidding:tender_list",
                Tender.objects.public,
                tender_search,
            ),
            *("bidding:tender", "published_at"),
            ("code", "title", "buyer__name", "sign_up__ends_at"),
            OF_ORDERS,
        ),
        PublicSearch(
            *("awards", _("中选与合同"), "bidding:award_list", Award.objects.all, award_search),
            *("bidding:tender", "published_at"),
            ("tender__code", "tender__title", "bid__agency__name", NO_END),
            OF_AWARDS,
        ),
        PublicSearch(
            *("agencies", _("中介机构"), "bidding:agency_list", agencies, agency_search),
            *("bidding:agency", "agency__activated_at"),
            ("slug", "name", "division__name", NO_END),
            OF_AGENCIES,
        ),
        PublicSearch(
            *(
                "items",
                _("服务事项"),
                "bidding:item_list",
                ServiceItem.objects.published,
                item_search,
            ),
            *("bidding:item", "published_at"),
            ("code", "name", "service_class__name", NO_END),
        ),
        PublicSearch(
            *(
                "disputes",
                _("异议和投诉"),
                "bidding:complaints",
                titled_disputes,
                dispute_search,
            ),
            *("bidding:complaint", "told_at"),
            ("number", "called", "respondent__name", NO_END),
            OF_DISPUTES,
        ),
    )
}
