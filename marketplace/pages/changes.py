"""Proposed changes in words: field by field, beside what is registered, with their papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.models.labels import label_of
from marketplace.models import (
    Agency,
    AgencyPaper,
    ChangeProposal,
    Division,
    PlaceCode,
    Practitioner,
    Qualification,
    RegisterEntry,
    ServiceClass,
)
from marketplace.models.divisions import place_names
from marketplace.registered import (
    FIELDS,
    Part,
    Plain,
    model_of,
    stored,
    target_of,
    targets,
)
from marketplace.templatetags.ui import cn_date
from marketplace.web.components import DocumentCard, Order, Tab, document_card
from marketplace.web.uploads import JPEG, PDF, PNG

Act, Status = ChangeProposal.Act, ChangeProposal.Status
OPEN = {Status.SUBMITTED, Status.RETURNED}
PICTURES = {JPEG.content_type, PNG.content_type}


def in_words(part: str, name: str, value: Plain) -> str:
    """Return a registered value as a person reads it."""
    if value is None or value == []:
        return ""
    field: Any = model_of(part, name)._meta.get_field(name)
    if isinstance(field, models.ManyToManyField):
        return "、".join(ServiceClass.objects.filter(code__in=value).values_list("name", flat=True))
    text = str(value)
    if isinstance(field, models.ForeignKey):
        return _named(field.related_model, text)
    if isinstance(field, models.DateField):
        return cn_date(date.fromisoformat(text))
    return str(dict(field.flatchoices).get(text, text))


def _named(model: type[models.Model], text: str) -> str:
    """Return what a row is called that a proposal names by its code."""
    if model is Division:
        return place_names().get(text, text)
    if model is PlaceCode:
        return str(PlaceCode.objects.get(pk=text))
    return ServiceClass.objects.get(code=text).name


@dataclass(frozen=True)
class Compared:
    """One field: what is registered, what shall be, and whether it has moved since it was asked."""

    label: str
    before: str
    after: str
    is_changed: bool
    has_moved: bool = False
    on_proposal: str = ""


def comparison(proposal: ChangeProposal) -> list[Compared]:
    """
    Return each field that a proposal is about; of a decided one, as it stood when it was proposed.

    Of a new row all fields are shown, of one that ends all that it had.
    """
    base = proposal.base
    now = base
    if proposal.status in OPEN and proposal.act != Act.ADD:
        target = target_of(proposal.agency, proposal.part, proposal.target)
        now = stored(proposal.agency, proposal.part, target)
    return [
        row
        for name in FIELDS[proposal.part]
        if (row := _compared(proposal, name, now, base)) is not None
    ]


def _compared(
    proposal: ChangeProposal, name: str, now: Mapping[str, Plain], base: Mapping[str, Plain]
) -> Compared | None:
    values, part = proposal.values, proposal.part
    is_asked = name in values
    if not is_asked and (part == Part.FACTS or proposal.act in {Act.ADD, Act.RENEW}):
        return None
    before = in_words(part, name, now.get(name))
    after = in_words(part, name, values[name]) if is_asked else ""
    if not is_asked and proposal.act == Act.CHANGE:
        after = before
    if not before and not after:
        return None
    return Compared(
        label=label_of(model_of(part, name), name),
        before=before,
        after=after,
        is_changed=before != after,
        has_moved=bool(base) and now.get(name) != base.get(name),
        on_proposal=in_words(part, name, base.get(name)),
    )


@dataclass(frozen=True)
class PaperCard:
    """A paper as the officer looks at it: a picture, a page to leaf through, or a download."""

    paper: AgencyPaper
    url: str
    card: DocumentCard

    @property
    def label(self) -> str:
        owner = self.paper.qualification or self.paper.practitioner
        kind = self.paper.get_kind_display()
        return f"{kind}：{owner}" if owner else kind

    @property
    def is_picture(self) -> bool:
        return self.paper.document.content_type in PICTURES

    @property
    def is_readable(self) -> bool:
        return self.paper.document.content_type == PDF.content_type

    @property
    def is_folded(self) -> bool:
        """Tell whether it opens only when it is asked for: there may be many people."""
        return self.paper.kind == AgencyPaper.Kind.PRACTITIONER

    @property
    def view_url(self) -> str:
        return f"{self.url}?view=1"


def paper_cards(papers: Iterable[AgencyPaper]) -> list[PaperCard]:
    """Return papers with the address at which who may can read them."""
    return [_paper_card(paper) for paper in papers]


def _paper_card(paper: AgencyPaper) -> PaperCard:
    document = paper.document
    url = reverse("marketplace:paper", args=[document.slug])
    return PaperCard(paper, url, document_card(document, url, document.uploaded_at))


@dataclass(frozen=True)
class ChangeRow:
    """A proposed change in a list."""

    proposal: ChangeProposal
    url: str
    is_waiting: bool
    is_returned: bool


def change_rows(proposals: Iterable[ChangeProposal], address: str) -> list[ChangeRow]:
    """Return proposals, each with its page at the address named `address`."""
    return [
        ChangeRow(
            one,
            reverse(address, args=[one.slug]),
            one.status == Status.SUBMITTED,
            one.status == Status.RETURNED,
        )
        for one in proposals
    ]


@dataclass(frozen=True)
class Changeable:
    """Something registered with what can be proposed about it."""

    name: str
    note: str
    acts: list[tuple[str, str]]


def changeable(agency: Agency, part: str) -> list[Changeable]:
    """Return the rows of a part with a link for each change that can be proposed of them."""
    rows = targets(agency, part)
    if part == Part.AGENT:
        rows = rows.select_related("user").prefetch_related("service_classes")
    return [Changeable(_name(row), _note(row), _acts(part, row)) for row in rows]


def _name(row: Any) -> str:
    return str(row.user) if hasattr(row, "user") else str(row)


def _note(row: Any) -> str:
    if isinstance(row, Qualification):
        until = row.valid_until
        return _("有效期至%(day)s") % {"day": cn_date(until)} if until else _("长期有效")
    if isinstance(row, Practitioner):
        return row.certificate_name
    classes = "、".join(one.name for one in row.service_classes.all())
    return classes or _("各类别都可以办理")


def _acts(part: str, row: Any) -> list[tuple[str, str]]:
    words = {Act.CHANGE: _("变更"), Act.RENEW: _("延续"), Act.END: _("注销")}
    acts = {
        Part.QUALIFICATION: [Act.CHANGE, Act.RENEW, Act.END],
        Part.PRACTITIONER: [Act.CHANGE, Act.END],
        Part.AGENT: [Act.CHANGE],
    }[Part(part)]
    if isinstance(row, Qualification) and row.valid_until is None:
        acts = [act for act in acts if act != Act.RENEW]
    links = [
        (words[act], reverse("marketplace:change_of", args=[part, row.pk, act.value]))
        for act in acts
    ]
    # an authority that is taken back waits for no check: it ends where memberships do
    ends = [(_("结束授权"), reverse("marketplace:members"))] if part == Part.AGENT else []
    return [*links, *ends]


@dataclass(frozen=True)
class HistoryRow:
    """What changed of the register, by whom it was confirmed, and how."""

    title: str
    entry: RegisterEntry
    differences: list[Compared]


def history_rows(agency: Agency) -> list[HistoryRow]:
    """Return what the register was of an agency, the newest first, in words."""
    entries = agency.entries.select_related("confirmed_by").order_by("-pk")
    return [HistoryRow(_title(entry), entry, _differences(entry)) for entry in entries]


def _title(entry: RegisterEntry) -> str:
    if entry.part == Part.AGENT and not entry.after:
        return _("%(name)s：授权结束") % {"name": entry.title}
    return entry.title


def _differences(entry: RegisterEntry) -> list[Compared]:
    if entry.proposal_id is None and not entry.before:  # the first one holds everything
        return []
    names = [name for name in FIELDS[entry.part] if name in entry.before or name in entry.after]
    pairs = [
        (
            label_of(model_of(entry.part, name), name),
            in_words(entry.part, name, entry.before.get(name)),
            in_words(entry.part, name, entry.after.get(name)),
        )
        for name in names
    ]
    return [Compared(label, old, new, old != new) for label, old, new in pairs if old or new]


def queue_orders() -> list[Order]:
    """Return how a queue can be sorted; the first order, which names nothing, is its own."""
    return [
        Order("due", gettext_lazy("先到期的在前"), ()),
        Order("newest", gettext_lazy("最近提交的在前"), ("-submitted_at", "-pk")),
        Order("oldest", gettext_lazy("最早提交的在前"), ("submitted_at", "pk")),
    ]


def sorted_queue(queue: QuerySet[ChangeProposal], order: Order) -> QuerySet[ChangeProposal]:
    """Return a queue of changes in this order."""
    return queue.order_by(*order.by) if order.by else queue


def queue_tabs(counts: Mapping[str, int], current: str) -> list[Tab]:
    """Return the queues of changes as tabs with how many are in each."""
    url = reverse("marketplace:change_queue")
    return [
        Tab(Status(status).label, f"{url}?status={status}", status == current, count)
        for status, count in counts.items()
    ]
