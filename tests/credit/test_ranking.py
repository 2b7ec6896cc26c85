"""One statement gives each organisation what the pure rule gives it."""

from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest

from credit.in_force import scheme_at
from credit.models import CreditScheme, Entry
from credit.ranking import ranking
from credit.scoring import Event, account
from tests.clock import NOON
from tests.credit.vectors import HERE, day
from tests.factories.credit import EntryFactory, active_agency
from tests.factories.marketplace import division

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]

FROM_FIRST = """{"format": "wszj-credit-scheme/1", "code": "F", "version": 1, "name": "试用",
"scope": "360000", "legal_basis": "平台默认", "valid_from": "2020-01-01", "base": "100",
"cycle": "from_first", "kinds": [
{"code": "a", "name": "甲", "severity": "general", "points": "-5", "basis": "平台默认",
"limit": "12"},
{"code": "b", "name": "乙", "severity": "serious", "points": "-1", "basis": "平台默认",
"grade": "C"}],
"grades": [{"grade": "A", "begins": "95"}, {"grade": "B", "begins": "90"},
{"grade": "C", "begins": "60"}, {"grade": "D", "begins": "0"}]}"""
HIGHER = FROM_FIRST.replace('"base": "100"', '"base": "0", "worse": "higher"').replace(
    '"begins": "95"}, {"grade": "B", "begins": "90"},\n{"grade": "C", "begins": "60"}, '
    '{"grade": "D", "begins": "0"}',
    '"begins": "0"}, {"grade": "B", "begins": "10"},\n{"grade": "C", "begins": "20"}',
)
HIGHER = HIGHER.replace('"points": "-', '"points": "').replace("from_first", "none")
POINTS = [Decimal(points) for points in ("-5", "-7.5", "-40", "1.5")]
DAYS = ("2024-02-29", "2024-12-31", "2025-01-01", "2025-06-15", "2026-02-28", "2026-06-01")


def put(text, valid_from="2020-01-01"):
    """Let a scheme be in force."""
    CreditScheme.objects.create(
        code="T",
        version=int(valid_from[:4]),
        name="试用",
        division=division("360000"),
        legal_basis="平台默认",
        valid_from=valid_from,
        content=text,
        sha256=valid_from,
        kind_names={},
        loaded_at=NOON,
    )


def records(sign=1):
    """Store entries of every sort: late ones, ended ones, corrected ones, fallen ones."""
    sorts = product(("a", "b", "breach"), (None, 200), (0, 90), (None, "half", "nothing"))
    agencies = [active_agency() for _number in range(10)]
    grave = day("2025-06-15")
    told = {"occurred_at": grave, "recorded_at": grave}
    EntryFactory(organization=agencies[8], kind="breach", points=sign * -70, **told)
    for number, (kind, ends, delay, correction) in enumerate(sorts):
        moment = day(DAYS[number % len(DAYS)]) + timedelta(hours=number % 24)
        told = {
            "organization": agencies[number % 8],
            "kind": kind,
            "occurred_at": moment,
            "recorded_at": moment + delay * timedelta(days=1),
            "counts_until": ends and moment + ends * timedelta(days=1),
        }
        entry = EntryFactory(points=sign * POINTS[number % 4], **told)
        if correction:
            told["recorded_at"] += timedelta(days=40)
            points = entry.points / 2 if correction == "half" else 0
            EntryFactory(points=points, corrects=entry, reference=entry.reference, **told)
    return agencies


def by_the_pure_rule(agency, at):
    rows = Entry.objects.filter(organization=agency).values_list(
        *("pk", "kind", "points", "occurred_at", "recorded_at", "counts_until", "corrects")
    )
    found = account([Event(*row) for row in rows], scheme_at(at), at, earlier=scheme_at)
    return found.score, found.grade


MWR = (HERE / "mwr_2023.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["", MWR, FROM_FIRST, HIGHER], ids=["rulebook", "mwr", "first", "up"]
)
def test_the_statement_gives_what_the_pure_rule_gives(text):
    if text:
        put(text)
    agencies = records(sign=-1 if text == HIGHER else 1)
    if text == MWR:  # an earlier year counts by its own scheme
        put(MWR.replace('"begins": "80"', '"begins": "65"'), "2026-01-01")

    seen = set()
    for at in map(day, ("2025-02-27", "2025-02-28", "2026-02-27", "2026-06-02", "2027-01-01")):
        found = ranking(at)
        assert {agency.pk: found[agency.pk] for agency in agencies} == {
            agency.pk: by_the_pure_rule(agency, at) for agency in agencies
        }
        seen |= set(found.values())
    assert len(seen) > 5


def test_it_is_one_statement(django_assert_num_queries):
    records()

    with django_assert_num_queries(4):  # the province, its rules, the schemes, and the statement
        ranking(NOON)
