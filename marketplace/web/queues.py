"""
What officers have to handle: one value for each kind, its search, and who has taken what on.

An app says what its queues hold (`QUEUES`); taking on, handing over and standing in are the same
for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.hooks import Way
from marketplace.kernel.versions import Version
from marketplace.models import Assignment, Organization, StandIn
from marketplace.parties import Party
from marketplace.web.components import Component, Text
from marketplace.web.keys import Counted

Rows = TypeVar("Rows", bound=QuerySet[Any])
MINE, FREE = "mine", "free"
WHOSE: Mapping[str, Text] = {
    "": _("全部"),
    MINE: _("我承办的"),
    FREE: _("还没有人承办的"),
}


@dataclass(frozen=True, kw_only=True)
class Searched:
    """
    What is looked for in a queue: `searched` are the fields in which a word may stand.

    `officer` is the column of who handles a row, where the procedure itself knows that.
    """

    searched: tuple[str, ...]
    officer: str = ""

    def held_by(self, rows: Rows, people: Collection[int]) -> Rows:
        """Return the rows that one of these people has taken on."""
        if self.officer:
            return rows.filter(**{f"{self.officer}__in": people})
        return rows.filter(pk__in=_taken(rows).filter(officer__in=people).values("object_id"))

    def held_by_nobody(self, rows: Rows) -> Rows:
        """Return the rows that nobody has taken on."""
        if self.officer:
            return rows.filter(**{f"{self.officer}__isnull": True})
        return rows.exclude(pk__in=_taken(rows).values("object_id"))


def _taken(rows: QuerySet[Any]) -> QuerySet[Assignment]:
    kind = ContentType.objects.get_for_model(rows.model)
    return Assignment.objects.filter(content_type=kind)


@dataclass(frozen=True, kw_only=True)
class Queue(Searched):
    """
    One kind of thing that officers handle; `name` stands in addresses.

    `rows` are all of them with what `may_handle` asks about, `lookup` the field that names one in
    an address, `title` what one is called, `url` its page and `version` how it stands there.
    `is_open` says whether there is still something to do.
    """

    name: str
    label: Text
    rows: Callable[[], QuerySet[Any]]
    may_handle: Callable[[Party, Any], bool]
    is_open: Callable[[Any], bool]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    version: Callable[[Any], Version]
    lookup: str = "slug"

    def find(self, slug: str) -> Any | None:
        """Return the row that an address names, if there is one."""
        return self.rows().filter(**{self.lookup: slug}).first()

    def slug_of(self, row: Any) -> str:
        """Return what stands for `row` in an address."""
        for part in self.lookup.split("__"):
            row = getattr(row, part)
        return str(row)

    def handling_url(self, row: Any) -> str:
        """Return the page on which one takes `row` on or hands it over."""
        return reverse("marketplace:handling", args=[self.name, self.slug_of(row)])


QUEUES = Way[Queue]()


def queue_named(name: str) -> Queue | None:
    """Return the queue of this name, of whichever app."""
    return next((one for one in QUEUES if one.name == name), None)


def absent_for(party: Party, day: date) -> list[int]:
    """Return the keys of the colleagues for whom the reader stands in on `day`."""
    rows = StandIn.objects.on(day).filter(
        organization=party.organization, substitute_id=party.user.pk
    )
    return list(rows.values_list("absent_id", flat=True))


def is_away(user: int, organization: Organization, day: date) -> bool:
    """Tell whether somebody stands in for `user` on `day`, who is away."""
    return StandIn.objects.on(day).filter(organization=organization, absent_id=user).exists()


@dataclass(frozen=True)
class Narrowing(Component):
    """The search above a queue: the words that were asked for, and whose things."""

    words: str
    whose: str
    kept: Mapping[str, str]

    template_name = "components/narrowing.html"

    @property
    def choices(self) -> list[tuple[str, Text, bool]]:
        """What may be chosen, with whether it is."""
        return [(name, label, name == self.whose) for name, label in WHOSE.items()]

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.whose)

    def counted(self, rows: QuerySet[Any, Any], count: int) -> Any:
        """Return what a paginator cuts: rows of a queue that its tab has counted, if all are."""
        return rows if self.is_narrow else Counted(rows, count)


def narrowing_of(asked: QueryDict) -> Narrowing:
    """Return what the address asks for; state and order are kept beside it."""
    whose = asked.get("whose", "")
    kept = {name: asked[name] for name in ("status", "queue", "sort") if asked.get(name)}
    words = asked.get("q", "").strip()[:60]
    return Narrowing(words, whose if whose in WHOSE else "", kept)


def narrowed(rows: Rows, queue: Searched, asked: Narrowing, party: Party, day: date) -> Rows:
    """Return the rows of a queue that have the words, and are whose they shall be."""
    for word in asked.words.split():
        found = Q()
        for field in queue.searched:
            found |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(found)
    if asked.whose == FREE:
        return queue.held_by_nobody(rows)
    if asked.whose == MINE:
        return queue.held_by(rows, [party.user.pk, *absent_for(party, day)])
    return rows


@dataclass(frozen=True)
class Handlers:
    """Who has taken on each row of a page."""

    taken: Mapping[int, Assignment]
    reader: int

    def words_of(self, key: int) -> Text:
        """Return who handles the row with this key, in words; nothing for nobody."""
        found = self.taken.get(key)
        if found is None:
            return ""
        if found.officer_id == self.reader:
            return _("由我承办")
        return _("%(officer)s承办") % {"officer": found.officer}


def handlers_of(model: type[Model], keys: Collection[int], party: Party) -> Handlers:
    """Return who handles the rows of a page; one statement."""
    return Handlers(Assignment.objects.handlers(model, keys), party.user.pk)


@dataclass(frozen=True)
class Handling(Component):
    """Who handles what a page shows, with the way to take it on or hand it over."""

    officer: str
    is_mine: bool
    url: str
    stands_in: bool

    template_name = "components/handling.html"


def handling_of(queue: Queue, row: Any, party: Party, day: date) -> Handling:
    """Return who handles `row`, as the reader sees it."""
    found = Assignment.objects.handlers(type(row), [row.pk]).get(row.pk)
    url = queue.handling_url(row)
    if found is None:
        return Handling("", is_mine=False, url=url, stands_in=False)
    stands_in = found.officer_id in absent_for(party, day)
    is_mine = found.officer_id == party.user.pk
    return Handling(str(found.officer), is_mine, url, stands_in)
