"""The typed values that components are drawn from; docs/adr/0015-components.md says how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from laces.components import Component as LacesComponent

from marketplace.models import Document
from marketplace.web.uploads import KINDS

Text = str | Promise
COMMITMENT, HOW_TO_VERIFY = gettext_lazy("承诺值"), gettext_lazy("怎样验证")
NOTE_ICONS = {"": "i-info", "ok": "i-check", "warn": "i-alert", "stop": "i-alert"}
SENT = ("csrf_token", "seen")
"""What each form of a page sends along: who was asked, and what the page was made of."""
TONES = {"error": "stop", "warning": "warn", "success": "ok"}
PAST, NOW, FUTURE, HELD = "past", "now", "future", "held"
PROGRESS = gettext_lazy("进度")
FORMS = {
    (True, True): "deadline-short",
    (True, False): "short",
    (False, True): "deadline",
    (False, False): "full",
}
"""How a timeline writes a moment: by whether it lies, and whether the moment is a deadline."""


class Component(LacesComponent):
    """
    A typed value with the one template that draws it: `{% component it %}`.

    Subclasses are frozen dataclasses and name their template; it knows them as `it` and nothing of
    the page around.
    """

    def render_html(self, parent_context: Any = None) -> SafeString:
        html: SafeString = super().render_html(parent_context)
        return html

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:  # noqa: ARG002 - of the base class
        return {"it": self}


class PostingComponent(Component):
    """A component with a form that posts; of the page around it knows what every form sends."""

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        around = parent_context or {}
        return {"it": self, **{name: around[name] for name in SENT if name in around}}


@dataclass(frozen=True)
class Step:
    """
    One step of a timeline, or of a form in several pages.

    `prefix` stands before the moment (至, 预计); `note` beside it, or alone where none is known. Of
    a form a past step leads to its page, a later one only if it `is_open`.
    """

    label: Text
    state: str = FUTURE
    at: datetime | None = None
    prefix: Text = ""
    note: Text = ""
    url: str = ""
    is_open: bool = False

    @property
    def is_now(self) -> bool:
        return self.state in {NOW, HELD}

    @property
    def has_come(self) -> bool:
        """Tell whether the record stands at this step since a moment, and not until one."""
        return self.is_now and self.at is not None and not self.prefix

    @property
    def is_link(self) -> bool:
        return self.is_open or (bool(self.url) and self.state == PAST)


@dataclass(frozen=True)
class Stepper(Component):
    """Where one is in a form of several pages; `label` is read out only."""

    label: Text
    steps: Sequence[Step]

    template_name = "components/stepper.html"


@dataclass(frozen=True)
class Stage:
    """A step as the timeline draws it; `written` is the form of its moment."""

    step: Step
    classes: str
    written: str

    @property
    def has_note_behind(self) -> bool:
        return bool(self.step.at and self.step.note)


@dataclass(frozen=True)
class Timeline(Component):
    """The stages of a record, side by side where there is room if it lies; `label` is read out."""

    label: Text
    stages: Sequence[Stage]
    is_lying: bool

    template_name = "components/timeline.html"

    @classmethod
    def of(cls, steps: Iterable[Step], label: Text = PROGRESS, *, is_lying: bool) -> Timeline:
        """Return the timeline of `steps`; one that lies has no room for years."""
        stages = [
            Stage(
                step,
                "held now" if step.state == HELD else step.state,
                FORMS[is_lying, bool(step.prefix)],
            )
            for step in steps
        ]
        return cls(label, stages, is_lying)


@dataclass(frozen=True)
class Fact:
    """
    What stands under a label; `url` leads to what is named.

    A wide one takes two columns, a long one the whole line of a phone.
    """

    label: Text
    value: object
    url: str = ""
    is_provisional: bool = False
    is_wide: bool = False
    is_long: bool = False
    is_strong: bool = False

    @property
    def classes(self) -> str:
        return "w2" if self.is_wide else "w1" if self.is_long else ""


@dataclass(frozen=True)
class Facts(Component):
    """A list of facts; a missing value shows as —."""

    facts: Sequence[Fact]

    template_name = "components/facts.html"


@dataclass(frozen=True)
class Told(Component):
    """What somebody gave as the reason, under a title, and when; `anchor` names the section."""

    anchor: str
    title: Text
    text: str
    at: datetime | None = None

    template_name = "components/told.html"


@dataclass(frozen=True)
class DocumentCard(Component):
    """A file to download; several stand in `<ul class="z-docs">`, each in its `<li>`."""

    name: str
    url: str = ""
    kind: str = ""
    size: int = 0
    at: datetime | None = None
    note: Text = ""

    template_name = "components/document.html"


def document_card(document: Document, url: str, at: datetime | None = None) -> DocumentCard:
    """Return the card of a stored file, its kind named as people do: PDF, not application/pdf."""
    kinds = {kind.content_type: kind.name for kind in KINDS}
    kind = kinds.get(document.content_type, document.content_type)
    return DocumentCard(document.name, url, kind, document.size, at)


@dataclass(frozen=True)
class Empty(Component):
    """
    Nothing to show: what is missing, what was searched or will stand here, and one way on.

    `text` may name the nearest thing that has results; without `url` there is no way on.
    """

    title: Text
    text: Text = ""
    url: str = ""
    link: Text = ""

    template_name = "components/empty.html"


@dataclass(frozen=True)
class Note(Component):
    """A notice; `tone` is "", ok, warn or stop, and `url` a way out."""

    text: Text
    tone: str = ""
    url: str = ""
    link: Text = ""

    template_name = "components/note.html"

    @property
    def icon(self) -> str:
        return NOTE_ICONS[self.tone]


@dataclass(frozen=True)
class Fault(Component):
    """
    A page that could not be shown: the fact, its reason, and `way` and `url` as ways out.

    `when` says when it can be; where the home page cannot be shown either, no link leads there. It
    offers to search where `search_url` is given, for what it guesses that was meant.
    """

    fact: Text
    reason: Text = ""
    way: Text = ""
    url: str = ""
    link: Text = ""
    when: Text = ""
    search_url: str = ""
    guess: str = ""
    has_home: bool = True

    template_name = "components/fault.html"


@dataclass(frozen=True)
class SealPanel(Component):
    """The commitment panel: what was sealed, its SHA-256 value, and when that was published."""

    digest: str
    text: Text
    at: datetime | None = None
    label: Text = COMMITMENT
    method_url: str = ""
    method_label: Text = HOW_TO_VERIFY

    template_name = "components/seal.html"


@dataclass(frozen=True)
class Crumb:
    """A step on the way to a page; the page itself, which comes last, needs no address."""

    label: Text
    url: str = ""


@dataclass(frozen=True)
class Crumbs(Component):
    """The breadcrumb: the way, at most two steps after the home page, and where one is."""

    way: Sequence[Crumb]
    here: Crumb

    template_name = "components/crumbs.html"

    @classmethod
    def of(cls, *crumbs: Crumb) -> Crumbs:
        """Return the breadcrumb whose last step is where the reader is."""
        return cls(crumbs[:-1], crumbs[-1])


@dataclass(frozen=True)
class Tab:
    """A tab, which is a link; without `count` it shows none."""

    label: Text
    url: str
    is_on: bool = False
    count: int | None = None

    @property
    def written_count(self) -> str:
        return "" if self.count is None else str(self.count)


@dataclass(frozen=True)
class Tabs(Component):
    """Tabs under a name that is read out only."""

    label: Text
    tabs: Sequence[Tab]

    template_name = "components/tabs.html"


@dataclass(frozen=True)
class Order:
    """One way to sort a list; the first of a list's orders is the one that is not asked for."""

    name: str
    label: Text
    by: Sequence[str | OrderBy]


@dataclass(frozen=True)
class SortLink:
    """An order as the page offers it."""

    label: Text
    url: str
    is_on: bool


@dataclass(frozen=True)
class Sorting(Component):
    """What a list is sorted by, and by what else it can be; a list's form keeps what is `asked`."""

    links: Sequence[SortLink]
    asked: str
    is_in_form: bool = True

    template_name = "components/sorting.html"

    @property
    def kept(self) -> str:
        """What the form of the list sends along, so that a search keeps the order."""
        return self.asked if self.is_in_form else ""


@dataclass(frozen=True)
class Follow(Component):
    """The ways to be told of what comes to a list of `scope`, narrowed as `asked`."""

    scope: str
    asked: str
    has_calendar: bool

    template_name = "components/follow.html"

    @property
    def save_url(self) -> str:
        return _asking(reverse("search:saved_new"), f"scope={self.scope}", self.asked)

    @property
    def feed_url(self) -> str:
        return _asking(reverse("search:feed", args=[self.scope, "rss"]), self.asked)

    @property
    def atom_url(self) -> str:
        return _asking(reverse("search:feed", args=[self.scope, "atom"]), self.asked)

    @property
    def calendar_url(self) -> str:
        return _asking(reverse("search:feed", args=[self.scope, "ics"]), self.asked)


@dataclass(frozen=True)
class RecordEnd(Component):
    """
    What every public record ends with: what comes next and until when, and its address to pass on.

    `follow` are the ways to be told of what comes to it, where anything can.
    """

    path: str
    coming: Sequence[Stage]
    follow: Follow | None

    template_name = "components/record_end.html"

    @classmethod
    def of(cls, path: str, steps: Iterable[Step], follow: Follow | None) -> RecordEnd:
        """Return the end of the record at `path`, which goes through `steps`."""
        return cls(path, Timeline.of(coming(steps), is_lying=False).stages, follow)

    @property
    def address(self) -> str:
        return f"{settings.PUBLIC_URL}{self.path}"

    @property
    def qr_url(self) -> str:
        return reverse("marketplace:qr", args=[self.path.strip("/")])


def coming(steps: Iterable[Step]) -> list[Step]:
    """
    Return what runs and the first step after it: what happens next, and until when.

    What a record has ended with, at a moment and not until one, is nothing that comes.
    """
    left = list(steps)
    if left and left[-1].has_come:
        left.pop()
    told = [step for step in left if step.state != PAST and (step.at or step.note)]
    running = [step for step in told if step.is_now]
    return [*running, *[step for step in told if not step.is_now][:1]]


def _asking(address: str, *asked: str) -> str:
    """Return an address with what is asked there, if anything is."""
    return "?".join(filter(None, (address, "&".join(filter(None, asked)))))


def waiting_orders(column: str) -> list[Order]:
    """Return how a queue can be sorted in which who waits longest is in front."""
    return [
        Order("oldest", gettext_lazy("等候最久的在前"), ()),
        Order("newest", gettext_lazy("最近提交的在前"), (f"-{column}", "-pk")),
    ]


def order_of(orders: Sequence[Order], parameters: QueryDict) -> Order:
    """Return the order that the address asks for, else the first."""
    asked = parameters.get("sort")
    return next((order for order in orders if order.name == asked), orders[0])


def sorting_of(
    orders: Sequence[Order], parameters: QueryDict, *, is_in_form: bool = True
) -> Sorting:
    """
    Return the orders of a list as links that keep everything else that was asked for.

    A list that can be searched or filtered has them in the form with which that is done.
    """
    chosen = order_of(orders, parameters)
    names = {order.name: order.name if place else "" for place, order in enumerate(orders)}
    links = [
        SortLink(order.label, _sorted(parameters, names[order.name]), order is chosen)
        for order in orders
    ]
    return Sorting(links, names[chosen.name], is_in_form)


def _sorted(parameters: QueryDict, name: str) -> str:
    kept = parameters.copy()
    kept.pop("page", None)
    kept.setlist("sort", [name] if name else [])
    return f"?{kept.urlencode()}"
