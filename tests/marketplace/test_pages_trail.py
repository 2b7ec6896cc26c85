"""The trail in words: who did what to which thing; what is sealed is not in it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from marketplace.kernel.audit import record
from marketplace.kernel.models import AuditEntry
from marketplace.models import Organization
from marketplace.pages.trail import (
    deed_of,
    narrowed,
    readable_trail,
    trail_rows,
)
from tests.clock import NOON
from tests.factories.marketplace import (
    COUNTY,
    AgencyFactory,
    AuthorityFactory,
    UserFactory,
    division,
    party,
)

ROOT = Path(__file__).parents[2]
DEED = re.compile(r'(?:verb=|sealed\(|_note\(\w+, |_record\()"\w+\.(\w+)"')
DAY = timedelta(days=1)


def test_each_deed_of_the_code_has_a_word() -> None:
    sources = [
        path
        for app in ("marketplace", "credit", "bidding", "cms", "search")
        for path in (ROOT / app).rglob("*.py")
    ]

    found = {deed for path in sources for deed in DEED.findall(path.read_text(encoding="utf-8"))}

    assert len(found) > 80
    assert {deed for deed in found if deed_of(f"thing.{deed}") == deed} == set()
    assert deed_of("thing.of_another_version") == "of_another_version"


@pytest.mark.django_db
def test_an_entry_says_who_did_what_and_how_the_thing_stands() -> None:
    user, agency = UserFactory(name="王五"), AgencyFactory(active=True)
    unit = agency.organization
    record(
        by=user,
        verb="agency.activated",
        target=agency,
        at=NOON,
        organization=unit,
        before="publicity",
    )
    record(by=None, verb="x.y", target=unit, at=NOON)
    AuditEntry.objects.bulk_create([AuditEntry(at=NOON, verb="a.b", target_type="gone.model")])

    activated, of_unit, gone = trail_rows(AuditEntry.objects.order_by("pk"))

    assert (activated.who, activated.unit, activated.deed) == ("王五", unit.name, "生效")
    assert (activated.kind, activated.before, activated.after) == (
        "中介服务机构",
        "入驻公示",
        "全省有效",
    )
    assert (activated.name, activated.has_moved) == (unit.uscc, True)
    assert (of_unit.who, of_unit.name, of_unit.has_moved) == ("系统", unit.uscc, False)
    assert (gone.kind, gone.name) == ("gone.model", "")


@pytest.mark.django_db
def test_each_question_narrows_it() -> None:
    user, agency = UserFactory(name="王五"), AgencyFactory()
    record(by=user, verb="a.b", target=agency, at=NOON)
    record(by=UserFactory(), verb="a.c", target=agency.organization, at=NOON + DAY)

    def verbs(**asked: object) -> list[str]:
        return [entry.verb for entry in narrowed(AuditEntry.objects.all(), asked)]

    assert verbs() == ["a.c", "a.b"]
    assert verbs(who="王五") == verbs(who=user.username) == ["a.b"]
    assert verbs(number=agency.organization.uscc) == ["a.c", "a.b"]
    assert verbs(number="JX-0") == []
    assert verbs(since=date(2026, 11, 25)) == ["a.c"]
    assert verbs(until=date(2026, 11, 24)) == ["a.b"]


@pytest.mark.django_db
def test_a_county_reads_of_its_own_units_and_nobody_of_what_is_sealed() -> None:
    county, province = (AuthorityFactory(division=division(code)) for code in (COUNTY, "360000"))
    own = AgencyFactory(organization__division=division(COUNTY)).organization
    record(by=None, verb="a.own", target=own, at=NOON, organization=own)
    record(by=None, verb="a.sealed", target=own, at=NOON, organization=own, is_sealed=True)
    record(by=None, verb="a.other", target=own, at=NOON, organization=province)

    def read(authority: Organization) -> set[str]:
        return {one.verb for one in readable_trail(party(authority, "manager"))}

    assert read(county) == {"a.own"}
    assert read(province) == {"a.own", "a.other"}
