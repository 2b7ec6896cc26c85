"""One port by which every reference list comes in and goes out, in the same columns."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import CharField, Model

from marketplace import reference
from marketplace.actions.catalogue_files import (
    load_approvals,
    load_refused_items,
    load_service_classes,
    load_service_items,
)
from marketplace.actions.laws import load_law_articles, load_laws
from marketplace.actions.ownership import load_ownership, without_identities
from marketplace.actions.reference import (
    Outcomes,
    load_calendar_days,
    load_divisions,
    load_place_codes,
)
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.due import settle_deadlines
from marketplace.kernel.library import library
from marketplace.kernel.models import Article, CalendarDay, Law, LawVersion
from marketplace.models import (
    Approval,
    ApprovalDeliverable,
    Division,
    OwnershipTie,
    PlaceCode,
    RefusedItem,
    ServiceClass,
    ServiceItem,
    User,
)
from marketplace.reference import BadReferenceData
from marketplace.reference.calendar import COLUMNS as DAY_COLUMNS
from marketplace.reference.catalogue import (
    APPROVAL_COLUMNS,
    CLASS_COLUMNS,
    ITEM_FIELDS,
    SENTENCE_END,
    TABLE_COLUMNS,
)
from marketplace.reference.divisions import COLUMNS as DIVISION_COLUMNS
from marketplace.reference.laws import ARTICLE_COLUMNS, LAW_COLUMNS
from marketplace.reference.ownership import COLUMNS as TIE_COLUMNS
from marketplace.reference.ownership import KEYS as TIE_KEYS
from marketplace.reference.place_codes import COLUMNS as PLACE_COLUMNS
from marketplace.ties import PERSON, UNIT

Read = Callable[[str], Any]
Cells = Iterable[object]
MOST_FAULTS = 50
FILE_SIZE = 2 * 1024 * 1024


@dataclass(frozen=True)
class Port:
    """
    One list: its columns, how a text is read, what is stored of it, and what is stored now.

    `reader` asks once what the rows are held against. The columns `keys` tell a row from all
    others, the columns `names` tell a reader which it is; without them the keys do. `carried` makes
    of a right text what may be put into a page, to come back from there. `refuse_half` raises where
    the rows are right one by one, and the whole is not. `models` hold what the columns say: a cell
    is not longer than the column of the same name.
    """

    columns: tuple[str, ...]
    keys: tuple[str, ...]
    reader: Callable[[], Read]
    load: Callable[[Any, datetime], Outcomes]
    stored: Callable[[], Iterator[Cells]]
    names: tuple[str, ...] = ()
    carried: Callable[[str], str] = str
    refuse_half: Callable[[Any], None] = lambda _parsed: None
    models: tuple[type[Model], ...] = ()

    def of_rows(self) -> Read:
        """Return what reads rows, each for itself."""
        read, limits = self.reader(), self._limits()

        def read_rows(text: str) -> Any:
            parsed = read(text)
            reference.refuse_long(text, self.columns, limits)
            return parsed

        return read_rows

    def _limits(self) -> dict[str, int]:
        fields = (field for model in self.models for field in model._meta.get_fields())
        return {
            field.name: field.max_length
            for field in fields
            if isinstance(field, CharField) and field.max_length and field.name in self.columns
        }

    def read(self, text: str) -> Any:
        """
        Return what a whole file says.

        Raises:
            BadReferenceData: the file is wrong.
        """
        parsed = self.of_rows()(text)
        self.refuse_half(parsed)
        return parsed

    def rows(self) -> Iterator[list[str]]:
        """Yield the heads and what is stored, as a file of this list says it."""
        yield list(self.columns)
        for row in self.stored():
            yield [_written(value) for value in row]


@dataclass(frozen=True)
class CellChange:
    """What a file would change in one cell; a new or a lost row changes from or to nothing."""

    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Preview:
    """What a file would do: how many rows of each fate, and each cell that changes."""

    outcomes: Mapping[str, int]
    changes: tuple[CellChange, ...]


def faults_in(port: Port, text: str) -> list[BadReferenceData]:
    """Return what is wrong with a file, the first fault of each row, else of the whole."""
    read = port.of_rows()
    heads, *lines = _records(text)
    found = [
        fault
        for number, line in lines
        if (fault := _fault(read, f"{heads[1]}{line}", number - 1)) is not None
    ]
    return found[:MOST_FAULTS] or [one for one in [_fault(port.read, text, 0)] if one is not None]


def preview(port: Port, text: str, *, at: datetime) -> Preview:
    """
    Return what taking in a file would change; nothing is stored.

    Raises:
        BadReferenceData: the file is wrong.
    """
    parsed = port.read(text)
    with transaction.atomic():
        before = _table(port)
        outcomes = port.load(parsed, at)
        after = _table(port)
        transaction.set_rollback(True)
    fates = {str(fate): count for fate, count in outcomes.items()}
    return Preview(fates, tuple(_changed(port, before, after)))


@transaction.atomic
def take_in(*, name: str, text: str, by: User, at: datetime) -> Outcomes:
    """
    Store a file of the list `name`, all of it or nothing.

    Raises:
        BadReferenceData: the file is wrong.
    """
    port = PORTS[name]
    outcomes = port.load(port.read(text), at)
    record(by=by, verb="reference.taken_in", target=by, at=at, list=name, outcomes=dict(outcomes))
    return outcomes


def _records(text: str) -> list[tuple[int, str]]:
    """Return each record of a CSV text with its first line; a record may hold several."""
    records: list[tuple[int, str]] = []
    begun, start = "", 1
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        begun += line
        if begun.count('"') % 2 == 0:
            records.append((start, begun))
            begun, start = "", number + 1
    return [*records, (start, begun)] if begun or not records else records


def _fault(read: Read, text: str, shift: int) -> BadReferenceData | None:
    try:
        read(text)
    except BadReferenceData as error:
        line = error.line + shift - 1 if shift and error.line > 1 else error.line
        return BadReferenceData(error.file, line, error.column, error.problem, error.value)
    return None


def _table(port: Port) -> dict[str, list[str]]:
    return {_joined(port, row, port.keys): row for row in list(port.rows())[1:]}


def _changed(
    port: Port, before: Mapping[str, list[str]], after: Mapping[str, list[str]]
) -> Iterator[CellChange]:
    nothing = [""] * len(port.columns)
    for key in [*after, *(key for key in before if key not in after)]:
        name = _joined(port, after.get(key) or before[key], port.names or port.keys)
        pairs = zip(port.columns, before.get(key, nothing), after.get(key, nothing), strict=True)
        for column, was, now in pairs:
            if was != now:
                yield CellChange(name, column, was, now)


def _joined(port: Port, row: list[str], columns: tuple[str, ...]) -> str:
    return " ".join(row[port.columns.index(column)] for column in columns)


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


# --- The lists ------------------------------------------------------------------------------------
def _item_reader() -> Read:
    laws, refused = library(), dict(RefusedItem.objects.values_list("name", "reason"))
    classes = set(ServiceClass.objects.values_list("code", flat=True))
    return lambda text: reference.parse_item_table(text, classes, laws, refused)


def _load_items(parsed: Any, at: datetime) -> Outcomes:
    requirements = {item.code: requirement for item, requirement in parsed}
    items = [item for item, _requirement in parsed]
    return load_service_items(items, requirements, at=at, publishes=False)


def _items() -> Iterator[Cells]:
    rows = ServiceItem.objects.select_related("service_class").order_by("code", "version")
    for item in {row.code: row for row in rows}.values():
        cells = {name: getattr(item, name) for name in ITEM_FIELDS[:-1]}
        cells["service_class"] = item.service_class.code if item.service_class else ""
        asked = item.requirement
        yield [
            *cells.values(),
            "".join(f"{part}{SENTENCE_END}" for part in item.missing),
            json.dumps(asked, ensure_ascii=False, sort_keys=True) if asked else "",
        ]


def _class_reader() -> Read:
    laws = library()
    return lambda text: reference.parse_service_classes(text, laws)


def _approvals() -> Iterator[Cells]:
    asked: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in ApprovalDeliverable.objects.order_by("pk"):
        asked[row.approval_id].append((row.deliverable, row.item_code))
    for one in Approval.objects.order_by("code"):
        for deliverable, item in asked.get(one.pk, [("", "")]):
            of_approval = (one.code, one.name, one.level, "", one.department)
            yield (*of_approval, deliverable, item, one.ended_by)


def _article_reader() -> Read:
    versions = [_version(row) for row in LawVersion.objects.select_related("law")]
    return lambda text: reference.parse_law_articles(text, versions)


def _version(row: LawVersion) -> reference.LawVersion:
    of_law = {name: getattr(row.law, name) for name in ("slug", "name", "level")}
    own = {name: getattr(row, name) for name in LAW_COLUMNS if name not in of_law}
    return reference.LawVersion(**of_law, **own)


def _laws() -> Iterator[Cells]:
    for row in LawVersion.objects.select_related("law").order_by("pk"):
        version = _version(row)
        yield [getattr(version, name) for name in LAW_COLUMNS]


def _division_reader() -> Read:
    province = Division.objects.filter(level=Division.Level.PROVINCE).first()
    code = province.code if province else ""
    return lambda text: reference.parse_division_table(text, code)


def _places() -> Iterator[Cells]:
    for *cells, successors in PlaceCode.objects.values_list(*PLACE_COLUMNS):
        yield [*cells, " ".join(successors)]


def _load_days(parsed: Iterable[reference.CalendarDay], at: datetime) -> Outcomes:
    """Store days, and count anew each provisional deadline that rests on a year known now."""
    days = list(parsed)
    outcomes = load_calendar_days(days, own_source="", years=sorted({one.day.year for one in days}))
    settle_deadlines(at)
    return outcomes


def _days() -> Iterator[Cells]:
    return iter(CalendarDay.objects.values_list(*DAY_COLUMNS))


def _tie_reader() -> Read:
    areas = set(Division.objects.values_list("pk", flat=True))
    return lambda text: reference.parse_ownership(text, areas)


def _ties() -> Iterator[Cells]:
    rows = OwnershipTie.objects.order_by("held_key", "holder_key", "kind")
    for row in rows.iterator(chunk_size=2000):
        is_person = row.holder_key.startswith(PERSON)
        yield [
            row.kind,
            "" if is_person else row.holder_key.removeprefix(UNIT),
            row.holder_key if is_person else "",
            row.holder_name,
            row.held_key.removeprefix(UNIT),
            row.held_name,
            None if row.share is None else f"{row.share.normalize():f}",
            row.department,
            row.division_id,
        ]


PORTS: Mapping[str, Port] = {
    "items": Port(
        TABLE_COLUMNS, ("code",), _item_reader, _load_items, _items, models=(ServiceItem,)
    ),
    "classes": Port(
        CLASS_COLUMNS,
        ("code",),
        _class_reader,
        lambda parsed, _at: load_service_classes(parsed),
        lambda: iter(ServiceClass.objects.order_by("position").values_list(*CLASS_COLUMNS)),
        models=(ServiceClass,),
    ),
    "approvals": Port(
        APPROVAL_COLUMNS,
        APPROVAL_COLUMNS[:6],
        lambda: lambda text: reference.parse_approvals(text, None),
        lambda parsed, _at: load_approvals(parsed),
        _approvals,
        models=(Approval, ApprovalDeliverable),
    ),
    "refused": Port(
        ("name", "reason"),
        ("name",),
        lambda: reference.parse_refused_items,
        lambda parsed, _at: load_refused_items(parsed),
        lambda: iter(RefusedItem.objects.order_by("pk").values_list("name", "reason")),
        models=(RefusedItem,),
    ),
    "laws": Port(
        LAW_COLUMNS,
        LAW_COLUMNS[:4],
        lambda: reference.parse_laws,
        lambda parsed, _at: load_laws(parsed),
        _laws,
        models=(Law, LawVersion),
    ),
    "articles": Port(
        ARTICLE_COLUMNS,
        ARTICLE_COLUMNS[:3],
        _article_reader,
        lambda parsed, _at: load_law_articles(parsed),
        lambda: iter(
            Article.objects.order_by("pk").values_list(
                "version__law__name", "version__dated_on", "number", "text"
            )
        ),
    ),
    "divisions": Port(
        DIVISION_COLUMNS,
        ("code",),
        _division_reader,
        lambda parsed, at: load_divisions(parsed, on=day_of(at)),
        lambda: iter(Division.objects.standing().values_list(*DIVISION_COLUMNS)),
        names=DIVISION_COLUMNS,
        refuse_half=reference.refuse_orphans,
        models=(Division,),
    ),
    "places": Port(
        PLACE_COLUMNS,
        PLACE_COLUMNS[:2],
        lambda: reference.parse_place_codes,
        lambda parsed, at: load_place_codes(parsed, on=day_of(at)),
        _places,
        refuse_half=reference.refuse_lost_successors,
        models=(PlaceCode,),
    ),
    "calendar": Port(
        DAY_COLUMNS,
        ("day",),
        lambda: reference.parse_calendar_days,
        _load_days,
        _days,
        refuse_half=reference.refuse_half_years,
        models=(CalendarDay,),
    ),
    "ownership": Port(
        TIE_COLUMNS,
        TIE_KEYS,
        _tie_reader,
        lambda parsed, at: load_ownership(parsed, source="ownership.csv", at=at),
        _ties,
        names=("holder_name", "kind", "held_name"),
        carried=without_identities,
        models=(OwnershipTie,),
    ),
}
