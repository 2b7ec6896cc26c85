"""Schemes that others have published, and small ones to try a rule on."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from credit.scheme_files import read_scheme
from credit.schemes import Grade, Kind, Scheme
from credit.scoring import Event
from marketplace.management.commands._loading import DATA
from tests.clock import NOON

HERE = Path(__file__).parent
SHIPPED = (DATA / "credit_scheme.json").read_text(encoding="utf-8")
BEIJING_MIDNIGHT = 16
NEW = {
    "code": "grave_quality",
    "name": "报告存在严重质量问题",
    "severity": "serious",
    "points": "-20",
    "basis": "平台默认",
    "counts_months": 60,
    "public_months": 36,
}
INSTANT = timedelta(microseconds=1)


def vector(name):
    """Return the scheme in the file of this name."""
    return read_scheme((HERE / f"{name}.json").read_text(encoding="utf-8"), f"{name}.json")


def day(text):
    """Return the instant at which a day begins in Beijing."""
    there = date.fromisoformat(text) - timedelta(days=1)
    return datetime(there.year, there.month, there.day, BEIJING_MIDNIGHT, tzinfo=UTC)


def event(key, kind, points, on, **more):
    """Return an event of the day `on`, known at once."""
    moment = day(on) if isinstance(on, str) else on
    values = {"occurred_at": moment, "recorded_at": moment, **more}
    return Event(key=key, kind=kind, points=Decimal(points), **values)


def kind(code, points, **more):
    """Return a kind of conduct."""
    values = {"name": code, "severity": "general", "basis": "平台默认", **more}
    return Kind(code=code, points=Decimal(points), **values)


def scheme(*kinds, **more):
    """Return a scheme of four grades around 100."""
    begins = {"A": 100, "B": 85, "C": 60, "D": 0}
    grades = tuple(Grade(letter, Decimal(least)) for letter, least in begins.items())
    values = {
        "code": "T",
        "version": 1,
        "name": "试用",
        "scope": "360000",
        "legal_basis": "平台默认",
        "valid_from": date(2025, 1, 1),
        "base": Decimal(100),
        "grades": grades,
        **more,
    }
    return Scheme(kinds=kinds, **values)


def next_version(**changes):
    """Return the shipped scheme as a second version from tomorrow, with one kind more."""
    document = json.loads(SHIPPED)
    document |= {"version": 2, "valid_from": (NOON + timedelta(days=1)).date().isoformat()}
    document["kinds"].append(NEW)
    return json.dumps(document | changes, ensure_ascii=False)
