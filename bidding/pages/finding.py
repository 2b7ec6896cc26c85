"""The public lists as they are searched: by readers, by feeds and for those who wait."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import DateTimeField, Q, Value
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
    item_facets,
    item_words,
    tender_facets,
    tender_words,
)
from bidding.models import Award, Tender
from bidding.pages.agencies import agencies
from bidding.pages.agency_finder import finder_facets, item_facet
from bidding.pages.own import matching_tenders
from marketplace.kernel import known
from marketplace.kernel.calendar import day_of
from marketplace.models import Organization, ServiceItem
from marketplace.web.facets import MAX_WORDS, Facet, FacetedList, Option
from marketplace.web.known_at import next_end
from marketplace.web.words import words_of

Text = str | Promise
MINE, YES = "mine", "1"
NO_END = Value(None, output_field=DateTimeField())


@dataclass(frozen=True)
class Listed:
    """One row of a public list: `key` names it among its kind, `at` is since when it is public."""

    key: str
    title: str
    url: str
    at: datetime
    text: str = ""
    ends_at: datetime | None = None


@dataclass(frozen=True)
class PublicSearch:
    """One public list: `search` narrows it as its page does, `columns` are those of `Listed`."""

    name: str
    label: Text
    view: str
    search: Callable[[QueryDict, datetime, Organization | None], FacetedList[Any]]
    detail: str
    newest: str
    columns: Sequence[str | Combinable]

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


PUBLIC_SEARCHES: dict[str, PublicSearch] = {
    one.name: one
    for one in (
        PublicSearch(
            *("tenders", _("采购公告"), "bidding:tender_list", tender_search),
            *("bidding:tender", "published_at"),
            ("code", "title", "buyer__name", "sign_up__ends_at"),
        ),
        PublicSearch(
            *("awards", _("中选与合同"), "bidding:award_list", award_search),
            *("bidding:tender", "published_at"),
            ("tender__code", "tender__title", "bid__agency__name", NO_END),
        ),
        PublicSearch(
            *("agencies", _("中介机构"), "bidding:agency_list", agency_search),
            *("bidding:agency", "agency__activated_at"),
            ("slug", "name", "division__name", NO_END),
        ),
        PublicSearch(
            *("items", _("服务事项"), "bidding:item_list", item_search),
            *("bidding:item", "published_at"),
            ("code", "name", "service_class__name", NO_END),
        ),
    )
}
