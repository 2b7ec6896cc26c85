"""The trail as those read it who look after it: who did what to which thing, and when."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import CharField, Field, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

import marketplace
from marketplace.kernel.calendar import end_of_day, start_of_day
from marketplace.kernel.models import AuditEntry
from marketplace.models import Division
from marketplace.parties import Party

DEEDS = Path(marketplace.__file__).parent / "data" / "deeds.toml"
NUMBERS = ("code", "number", "decision_number", "uscc", "username")
"""What a thing is called by, the first that its model has."""
OF = ("tender", "award", "contract", "case", "organization", "agency", "bid", "item", "user")
"""What a thing without a number belongs to, the first that its model has."""
OURS = frozenset({"marketplace", "credit", "bidding", "cms", "search"})
MOST = 50
"""How many things of one kind one number may name; an item has as many as it has versions."""


@dataclass(frozen=True)
class TrailRow:
    """One entry in words."""

    key: int
    at: datetime
    who: str
    unit: str
    deed: str
    kind: str
    name: str
    before: str
    after: str

    @property
    def has_moved(self) -> bool:
        """Tell whether the thing stands otherwise than before."""
        return bool(self.before) and self.before != self.after


def readable_trail(party: Party) -> QuerySet[AuditEntry]:
    """Return what an authority may read: the units of its area, and nothing that is sealed."""
    entries = AuditEntry.objects.filter(is_sealed=False).select_related("by", "organization")
    division = party.organization.division
    if division.level == Division.Level.PROVINCE:
        return entries
    return entries.filter(organization__division__code__startswith=division.prefix)


def narrowed(entries: QuerySet[AuditEntry], asked: Mapping[str, Any]) -> QuerySet[AuditEntry]:
    """Return the entries that are asked for, newest first."""
    if who := asked.get("who"):
        entries = entries.filter(Q(by__name=who) | Q(by__username=who))
    if number := asked.get("number"):
        entries = entries.filter(_about(number))
    if since := asked.get("since"):
        entries = entries.filter(at__gte=start_of_day(since))
    if until := asked.get("until"):
        entries = entries.filter(at__lt=end_of_day(until))
    return entries.order_by("-pk")


def trail_rows(entries: Iterable[AuditEntry]) -> list[TrailRow]:
    """Return entries in words; one query for each kind of thing that they are about."""
    rows = list(entries)
    names = _names(rows)
    return [
        TrailRow(
            key=row.pk,
            at=row.at,
            who=str(row.by) if row.by else _("系统"),
            unit=row.organization.name if row.organization else "",
            deed=deed_of(row.verb),
            kind=_kind_of(row.target_type),
            name=names.get((row.target_type, row.target_id), ""),
            before=_state(row.target_type, row.before),
            after=_state(row.target_type, row.after),
        )
        for row in rows
    ]


def trail_table(rows: Iterable[TrailRow]) -> Iterator[list[object]]:
    """Yield the heads and then each row, moments in Beijing time."""
    yield [
        _("时间"),
        _("操作人"),
        _("单位"),
        _("操作"),
        _("对象"),
        _("编号"),
        _("原状态"),
        _("现状态"),
    ]
    for row in rows:
        at = f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}"
        yield [at, row.who, row.unit, row.deed, row.kind, row.name, row.before, row.after]


def deed_of(verb: str) -> str:
    """Return what was done, in words; a deed without a word is its code."""
    deed = verb.rpartition(".")[2]
    return _deeds().get(deed, deed)


@cache
def _deeds() -> Mapping[str, str]:
    return tomllib.loads(DEEDS.read_text(encoding="utf-8"))


def _model_of(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except LookupError:  # a model of an earlier version
        return None


def _kind_of(label: str) -> str:
    model = _model_of(label)
    return str(model._meta.verbose_name) if model else label


@cache
def _number_path(model: type[Model], depth: int = 3) -> str:
    """Return where a model's rows find what they are called by, or nothing."""
    fields = {field.name: field for field in model._meta.get_fields() if isinstance(field, Field)}
    for name in NUMBERS:
        if isinstance(fields.get(name), CharField):
            return name
    for name in OF if depth else ():
        found = fields[name].related_model if name in fields else None
        if isinstance(found, type) and (path := _number_path(found, depth - 1)):
            return f"{name}__{path}"
    return ""


def _state(label: str, status: str) -> str:
    return str(_states_of(label).get(status, status)) if status else ""


@cache
def _states_of(label: str) -> Mapping[str, Any]:
    """Return what each state of a model is called; the words wait for the reader's language."""
    model = _model_of(label)
    fields = {field.name: field for field in model._meta.get_fields()} if model else {}
    status = fields.get("status")
    return dict(status.flatchoices) if isinstance(status, Field) else {}


def _rows_of(model: type[Model]) -> QuerySet[Any]:
    return model._base_manager.all()  # noqa: SLF001 - of any model


def _names(rows: Sequence[AuditEntry]) -> dict[tuple[str, str], str]:
    """Return what each thing is called that the rows are about."""
    keys = defaultdict(set)
    for row in rows:
        keys[row.target_type].add(row.target_id)
    found = {}
    for label, ids in keys.items():
        model = _model_of(label)
        path = _number_path(model) if model else ""
        if model and path:
            named = _rows_of(model).filter(pk__in=ids).values_list("pk", path)
            found.update({(label, str(key)): value or "" for key, value in named})
    return found


def _about(number: str) -> Q:
    """Return what picks the entries about whatever is called `number`."""
    found = Q(pk__in=())
    for model in apps.get_models():
        path = _number_path(model)
        if not path or model._meta.app_label not in OURS:
            continue
        keys = _rows_of(model).filter(**{path: number}).values_list("pk", flat=True)[:MOST]
        ids = [str(key) for key in keys]
        if ids:
            found |= Q(target_type=model._meta.label_lower, target_id__in=ids)
    return found
