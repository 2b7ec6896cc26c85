"""
Make of the demo province a grown one, on PostgreSQL: `python -m bench.grow [--times N | --full]`.

Every owner, agency and order of the demo is there some hundred times afterwards, in the same
stages and with the same histories; the authorities and the catalogue stay one. The rows are written
by the database itself, in seconds. They are for measuring: drawn evidence and codes are copies, and
nobody can verify them.

One time: at least 20,000 orders, 10,000 agencies, 200,000 bids, 100,000 ledger entries and 150,000
entries of the trail. With --full it becomes so large only that the first page of every queue and
list is full, and can grow from there. Refuses a database that is no demo or has grown already.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

STRIDE = 1_000_000
"""How far the keys of one copy lie from those of the next."""

FULL = 30
"""Copies after which a page of each queue is full: of some there is one row in the demo."""
WORLDS = 240
"""Copies of everything; the demo has some 85 orders."""
LATER_AGENCIES = 120
"""Further copies of the agencies alone."""
TRAILS = 90
"""Copies that have their trail and their messages too."""
RIVALS = 3
"""Further bids on an order for each that it has."""
FACTS = 10
"""Further ledger entries for each that there is."""

# As SQL, where `k` is the copy: a number at the end counts on, a random name becomes another one.
NUMBER = (
    "left({0}, -5) || lpad((right({0}, 5)::int + k * 100)::text,"
    " greatest(5, length((right({0}, 5)::int + k * 100)::text)), '0')"
)
NAME = "left(md5({0} || k), 12)"
TEXT = "{0} || '-' || k"
CODE = "left({0}, 8) || lpad(k::text, 5, '0') || right({0}, 5)"
CHANGED = {
    "slug": NAME,
    "code": NUMBER,
    "number": NUMBER,
    "decision_number": NUMBER,
    "letter_number": NUMBER,
    "receipt": NAME,
    "uscc": CODE,
    "identity_key": "encode(sha256(convert_to({} || k, 'UTF8')), 'hex')",
    "username": TEXT,
    "phone": TEXT,
    "certificate_number": TEXT,
}

PARTIES = "marketplace.user marketplace.organization marketplace.membership marketplace.invitation"
AGENCIES = "marketplace.agency marketplace.qualification marketplace.practitioner"
REGISTER = (
    "marketplace.buyer marketplace.document marketplace.practitionermove"
    " marketplace.changeproposal marketplace.registerentry marketplace.agencypaper"
    " marketplace.fieldsource marketplace.pastperformance"
)
ORDERS = (
    "bidding.lotgroup bidding.tender bidding.tenderpaper bidding.avoidedagency bidding.exemption"
    " bidding.witness bidding.ordertemplate bidding.pushedproject bidding.amendment"
    " bidding.question bidding.orderkey bidding.keyshare bidding.sharegiven bidding.publicvalue"
    " bidding.seal bidding.sealreveal bidding.bid bidding.offer bidding.openedoffer"
    " bidding.openedplan bidding.bidlist bidding.choice bidding.hall bidding.seat bidding.quote"
    " bidding.panelseat bidding.explanation bidding.selection bidding.award bidding.contract"
    " bidding.contractupload bidding.deliverable bidding.conductfact bidding.evaluation"
)
RECORD = (
    "credit.entry credit.reportedfact credit.correction credit.case credit.finding credit.hearing"
    " credit.review credit.repair credit.recusal credit.standingcheck credit.restriction"
    " bidding.dispute bidding.disputerecusal bidding.suspension bidding.report"
    " bidding.inspectionplan bidding.inspectiondraw bidding.inspection bidding.inspectionseat"
)
REST = "marketplace.assignment marketplace.deadline search.searchentry search.savedsearch"
TRAIL = "marketplace.auditentry marketplace.message search.alert search.alerthit"
WORLD = f"{PARTIES} {AGENCIES} {REGISTER} {ORDERS} {RECORD} {REST}".split()
GROWN = frozenset([*WORLD, *TRAIL.split()])

COUNTED = (
    *("bidding.tender", "marketplace.agency", "bidding.bid"),
    *("credit.entry", "marketplace.auditentry"),
)

STAYING = """
CREATE TEMP TABLE staying_organization ON COMMIT DROP AS
  SELECT id FROM marketplace_organization WHERE kind = 'authority';
CREATE TEMP TABLE staying_user ON COMMIT DROP AS
  SELECT u.id FROM marketplace_user u WHERE NOT EXISTS (
    SELECT 1 FROM marketplace_membership m
    JOIN marketplace_organization o ON o.id = m.organization_id
    WHERE m.user_id = u.id AND o.kind <> 'authority');
CREATE UNIQUE INDEX ON staying_organization (id);
CREATE UNIQUE INDEX ON staying_user (id);
SET session_replication_role = replica;
"""


@dataclass(frozen=True)
class Copies:
    """Which copies of a model's rows are made, and which rows are copied."""

    label: str
    first: int
    last: int
    only: str = "true"


def shifted(column: str, label: str, by: str = "k") -> str:
    """Return as SQL the key of the copy of a row of `label`; who stays has no copy."""
    moved = f"{column} + {by} * {STRIDE}"
    staying = {"marketplace.organization": "organization", "marketplace.user": "user"}.get(label)
    if staying is None:
        return moved
    there = f"{column} IN (SELECT id FROM staying_{staying})"  # noqa: S608 - our own names
    return f"CASE WHEN {there} THEN {column} ELSE {moved} END"


def subject(type_column: str, key: str, types: dict[str, str]) -> str:
    """Return as SQL the key of a copy that is named by its type and its key."""
    cases = "".join(
        f" WHEN {type_column} = {name} THEN {shifted(key, label)}" for label, name in types.items()
    )
    return f"CASE{cases} ELSE {key} END"


def values(label: str) -> Iterator[tuple[str, str]]:
    """Yield each column of a model with the SQL of its value in copy `k`."""
    from django.apps import apps
    from django.db.models import GeneratedField

    for field in apps.get_model(label)._meta.local_fields:
        if isinstance(field, GeneratedField):
            continue
        name = f'"{field.column}"'
        target = field.related_model._meta.label_lower if field.is_relation else label
        if (field.primary_key or field.is_relation) and target in GROWN:
            yield name, shifted(name, target)
        elif field.name in CHANGED and (field.unique or field.name == "slug"):
            yield name, CHANGED[field.name].format(name)
        elif field.get_internal_type() == "DateTimeField":
            yield name, f"{name} - k * interval '1 second'"
        else:
            yield name, special(label, field.name) or name


def special(label: str, field: str) -> str | None:
    """Return as SQL what a column holds that names a row in another way, or None."""
    match label, field:
        case "marketplace.deadline" | "marketplace.assignment", "object_id":
            return subject("content_type_id", "object_id", grown_types())
        case "marketplace.auditentry", "target_id":
            numbers = {label: f"'{label}'" for label in sorted(GROWN)}
            return f"({subject('target_type', 'target_id::bigint', numbers)})::text"
        case "search.searchentry", "place":
            return "place # (k::bigint << 36)"
        case "search.searchentry", "key" | "url":
            key = (
                f"CASE kind WHEN 'tender' THEN {NUMBER.format('key')} ELSE {NAME.format('key')} END"
            )
            return (
                key if field == "key" else f"'/' || split_part(url, '/', 2) || '/' || {key} || '/'"
            )
    return None


def grown_types() -> dict[str, str]:
    """Return the numbers of the models that have copies, as the database's own types."""
    from django.contrib.contenttypes.models import ContentType

    types = {f"{one.app_label}.{one.model}": str(one.pk) for one in ContentType.objects.all()}
    return {name: key for name, key in types.items() if name in GROWN}


OF_STAYING = "organization_id NOT IN (SELECT id FROM staying_organization)"
ONLY = {
    "marketplace.organization": "id NOT IN (SELECT id FROM staying_organization)",
    "marketplace.user": "id NOT IN (SELECT id FROM staying_user)",
    "marketplace.membership": OF_STAYING,
    "marketplace.invitation": OF_STAYING,
    "search.savedsearch": "user_id NOT IN (SELECT id FROM staying_user)",
    "marketplace.auditentry": "target_id ~ '^[0-9]+$'",
    "search.searchentry": "kind IN ('tender', 'agency')",
}


def worlds_of(first: int, worlds: int, trails: int) -> Iterator[Copies]:
    """Yield what is copied of everything, in an order in which it can be read."""
    for label in WORLD:
        yield Copies(label, first, worlds)
    for label in TRAIL.split():
        yield Copies(label, first, trails)


def later_agencies(times: int) -> Iterator[Copies]:
    """Yield what is copied of the agencies alone."""
    worlds = WORLDS * times
    last = worlds + LATER_AGENCIES * times
    agency = "id IN (SELECT organization_id FROM marketplace_agency)"
    yield Copies("marketplace.organization", worlds + 1, last, agency)
    for label in AGENCIES.split():
        yield Copies(label, worlds + 1, last)
    of_agency = (
        "content_type_id = (SELECT id FROM django_content_type"
        " WHERE app_label = 'marketplace' AND model = 'agency')"
    )
    yield Copies("marketplace.deadline", worlds + 1, last, of_agency)


def insert(copies: Copies) -> str:
    """Return the statement that writes the copies of one model."""
    from django.apps import apps

    table = apps.get_model(copies.label)._meta.db_table
    columns = dict(values(copies.label))
    key = apps.get_model(copies.label)._meta.pk.column
    if copies.label == "marketplace.deadline":  # not of what has no copies
        copies = replace(
            copies,
            only=f"{copies.only} AND content_type_id IN ({', '.join(grown_types().values())})",
        )
    which = f"{ONLY.get(copies.label, 'true')} AND {copies.only} AND {key} < {STRIDE}"
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())}"  # noqa: S608 - our own names
        f" FROM {table}, generate_series({copies.first}::bigint, {copies.last}) AS k WHERE {which}"
    )


def more(label: str, changed: dict[str, str], rows: int, limit: int) -> str:
    """Return the statement that writes each copied row of a model `rows` times more."""
    from django.apps import apps

    model = apps.get_model(label)
    names = [field.column for field in model._meta.local_fields]
    taken = [changed.get(name, f'"{name}"') for name in names]
    columns = ", ".join(f'"{name}"' for name in names)
    return (
        f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {', '.join(taken)}"  # noqa: S608 - our own names
        f" FROM {model._meta.db_table}, generate_series(1::bigint, {rows}) AS k"
        f" WHERE id BETWEEN {STRIDE} AND {limit}"
    )


def crowds(times: int) -> Iterator[str]:
    """Yield the statements for further bids, of agencies of other copies, and further facts."""
    beyond = 1000 * times
    limit = (WORLDS * times + 1) * STRIDE
    other = f"agency_id + k * {STRIDE}"
    key = f"id + k * {beyond} * {STRIDE}"
    yield more(
        "bidding.bid", {"id": key, "agency_id": other, "slug": NAME.format("slug")}, RIVALS, limit
    )
    yield more(
        "bidding.offer", {"id": key, "bid_id": f"bid_id + k * {beyond} * {STRIDE}"}, RIVALS, limit
    )
    fact = {"id": key, "reference": TEXT.format("reference"), "corrects_id": "NULL"}
    yield more("credit.entry", fact, FACTS, limit)


def write(statements: Iterable[str]) -> None:
    """Carry out what copies, let the sequences follow and the planner know."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STAYING)
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")
        models = [apps.get_model(label) for label in GROWN]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def fill_pages() -> Iterator[str]:
    """Yield the statements that make the first page of every queue full."""
    yield from map(insert, worlds_of(1, FULL, FULL))


def grow(times: int, *, made: int) -> Iterator[str]:
    """Yield the statements that make the province large, where there are `made` copies already."""
    yield from map(insert, worlds_of(made + 1, WORLDS * times, TRAILS * times))
    yield from map(insert, later_agencies(times))
    yield from crowds(times)


def copies_made() -> int:
    """Return how many copies there are; refuse a database that is no demo on PostgreSQL."""
    from django.db import connection

    from bidding.models import Tender

    if connection.vendor != "postgresql":
        raise SystemExit("only a province on PostgreSQL is grown")
    newest = Tender.objects.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None:
        raise SystemExit("there is no demo in this database")
    return int(newest) // STRIDE


def main() -> None:
    """Grow the province of DATABASE_URL and print how large it is."""
    import django
    from django.apps import apps

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1, help="how many times as large (1)")
    parser.add_argument("--full", action="store_true", help="only until a page of it is full")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")
    django.setup()
    made = copies_made()
    if made > (0 if options.full else FULL):
        raise SystemExit("this province is grown already")
    start = time.monotonic()
    write(fill_pages() if options.full else grow(options.times, made=made))
    for label in COUNTED:
        print(f"{apps.get_model(label).objects.count():>9,} {label}")
    print(f"grown in {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
