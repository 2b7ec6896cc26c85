"""
Rank 100,000 agencies by 1,000,000 entries in one statement: `python -m bench.ranking`.

Runs beside an empty PostgreSQL (`.ci/postgres.sh .venv/bin/python -m bench.ranking`), fills it in
SQL, and prints the seconds for a tenth of the rows and for all of them.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from io import StringIO

AT = datetime(2026, 11, 29, 4, tzinfo=UTC)
AGENCIES = 100_000
EACH = 10
MOST_SECONDS = 10.0

COPY = """
INSERT INTO {table} SELECT (jsonb_populate_record(o, {values})).*
FROM {table} o, generate_series({first}, {last}) k WHERE o.id = {like}
"""
ORGANIZATION = (
    "jsonb_build_object('id', 1000000 + k, 'slug', 'bench' || k, 'name', '机构' || k,"
    " 'uscc', lpad((k + 1)::text, 18, '0'))"
)
ENTRY = (
    "jsonb_build_object('id', 10000000 + k, 'organization_id', 1000000 + k % {agencies},"
    " 'reference', 'B' || k, 'points', -((k % 7)::numeric) / 2,"
    " 'occurred_at', timestamptz '2026-11-01 04:00+00' - (k % 700) * interval '1 day',"
    " 'recorded_at', timestamptz '2026-11-01 04:00+00' - (k % 700) * interval '1 day',"
    " 'counts_until', timestamptz '2027-11-01 04:00+00' - (k % 700) * interval '1 day')"
)


def prepare() -> tuple[int, int]:
    """Set the database up with one agency that has one entry; return their keys."""
    from django.core.management import call_command

    from credit.models import Entry
    from marketplace.models import Division, Organization

    for command in ("migrate", "load_reference", "load_credit_scheme"):
        call_command(command, verbosity=0, stdout=StringIO())
    county = Division.objects.filter(level=Division.Level.COUNTY).earliest("code")
    agency = Organization.objects.create(
        kind=Organization.Kind.AGENCY,
        name="机构",
        uscc="0" * 18,
        division=county,
        registered_at=AT,
    )
    entry = Entry.objects.create(
        organization=agency,
        kind="late_service",
        points=-5,
        occurred_at=AT,
        recorded_at=AT,
        reference="B",
        rulebook_sha256="0" * 64,
    )
    return agency.pk, entry.pk


def fill(first: int, last: int, like: tuple[int, int]) -> None:
    """Add the agencies numbered from `first` to before `last`, with their entries."""
    from django.db import connection

    rows = (
        ("marketplace_organization", ORGANIZATION, 1, like[0]),
        ("credit_entry", ENTRY.format(agencies=last), EACH, like[1]),
    )
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table, values, times, key in rows:
            numbers = {"first": first * times, "last": last * times - 1, "like": key}
            cursor.execute(COPY.format(table=table, values=values, **numbers))
        cursor.execute("ANALYZE")


def measure() -> float:
    """Return how many seconds the ranking takes, the best of three."""
    from credit.ranking import ranking

    def once() -> float:
        begin = time.perf_counter()
        ranking(AT)
        return time.perf_counter() - begin

    return min(once() for _again in range(3))


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")
    django.setup()
    like = prepare()
    first = 0
    for last in (AGENCIES // 10, AGENCIES):
        fill(first, last, like)
        seconds, first = measure(), last
        print(f"{last:,} agencies, {last * EACH:,} entries: {seconds:.2f} s")
    print("kept" if seconds < MOST_SECONDS else f"not kept: at most {MOST_SECONDS} s")


if __name__ == "__main__":
    main()
