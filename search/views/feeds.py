"""Any list and any search as a feed (RSS, Atom) and as a calendar of its deadlines (iCalendar)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_safe

from marketplace.kernel import clock
from marketplace.web.asked import LONGEST, asked_for
from search.finders import Question, Thing
from search.models import SavedSearch

MOST = 50
OCTETS = 75
STAMP = "%Y%m%dT%H%M%SZ"


def question_of(request: HttpRequest, scope: str) -> Question:
    """
    Return what a feed asks.

    Raises:
        Http404: there is no such list, or the question is longer than one can be kept.
    """
    if scope not in SavedSearch.Scope.values or len(asked_for(request.GET)) > LONGEST:
        raise Http404
    return Question(scope, request.GET)


def title_of(question: Question, at: datetime) -> str:
    """Return what a feed is called: its list, and what was asked of it."""
    asked = question.words(at)
    label = SavedSearch.Scope(question.scope).label
    return render_to_string("search/feed_title.txt", {"scope": label, "asked": asked}).strip()


class NewsFeed(Feed[Any, Any]):
    """The newest things that a question finds, as RSS."""

    feed_type: Any = Rss201rev2Feed
    description_template = "search/feed_item.txt"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Question:
        self.at = clock.now()
        return question_of(request, kwargs["scope"])

    def title(self, question: Question) -> str:
        return title_of(question, self.at)

    def link(self, question: Question) -> str:
        return question.page_url

    def description(self, question: Question) -> str:
        return title_of(question, self.at)

    def items(self, question: Question) -> list[Thing]:
        return question.newest(self.at, MOST)

    def item_title(self, item: Thing) -> str:
        return item.title

    def item_link(self, item: Thing) -> str:
        return item.url

    def item_guid(self, item: Thing) -> str:
        return ":".join(filter(None, (item.kind, item.key, item.change)))

    item_guid_is_permalink = False

    def item_pubdate(self, item: Thing) -> datetime:
        return item.at


class AtomFeed(NewsFeed):
    """The same as Atom."""

    feed_type = Atom1Feed

    def subtitle(self, question: Question) -> str:
        return title_of(question, self.at)


@require_safe
def feed(request: HttpRequest, scope: str, form: str) -> HttpResponse:
    """Return what a question finds in the form of the address."""
    if form not in FORMS:
        raise Http404
    return FORMS[form](request, scope)


def calendar(request: HttpRequest, scope: str) -> HttpResponse:
    """Return the deadlines of what a question finds as a calendar. Source: RFC 5545."""
    at = clock.now()
    question = question_of(request, scope)
    lines = _calendar(title_of(question, at), question.newest(at, MOST), at)
    body = "".join(f"{folded(line)}\r\n" for line in lines)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def _calendar(name: str, things: Iterable[Thing], at: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//marketplace//search//ZH")
    yield f"X-WR-CALNAME:{escaped(name)}"
    for thing in things:
        if thing.ends_at is not None:
            yield from _event(thing, thing.ends_at, at)
    yield "END:VCALENDAR"


def _event(thing: Thing, ends_at: datetime, at: datetime) -> Iterator[str]:
    moment = ends_at.astimezone(UTC).strftime(STAMP)
    yield "BEGIN:VEVENT"
    yield f"UID:{thing.kind}-{thing.key}@{settings.PUBLIC_URL.partition('://')[2]}"
    yield f"DTSTAMP:{at.astimezone(UTC).strftime(STAMP)}"
    yield from (f"DTSTART:{moment}", f"DTEND:{moment}")
    title = render_to_string("search/calendar_title.txt", {"thing": thing}).strip()
    yield f"SUMMARY:{escaped(title)}"
    yield f"URL:{settings.PUBLIC_URL}{thing.url}"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Return a text as it stands in a calendar."""
    for mark in "\\;,":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, none of which cuts a character in two."""
    pieces, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += width
    return "\r\n".join(pieces)


FORMS: dict[str, Callable[[HttpRequest, str], HttpResponse]] = {
    "rss": lambda request, scope: NewsFeed()(request, scope=scope),
    "atom": lambda request, scope: AtomFeed()(request, scope=scope),
    "ics": calendar,
}
