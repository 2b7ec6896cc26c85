"""Loaded again, what has changed is brought up to date, and what was public keeps its words."""

from datetime import date

import pytest

from marketplace.forms.fields import DivisionField
from marketplace.kernel.models import AuditEntry, CalendarDay
from marketplace.models import Division, ServiceItem
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory
from tests.loading import LATER, load, rewrite

pytestmark = pytest.mark.django_db


def item(code, version=1):
    return ServiceItem.objects.get(code=code, version=version)


def test_a_renamed_division_is_updated(data):
    load("load_divisions")
    text = (data / "divisions.json").read_text(encoding="utf-8")
    (data / "divisions.json").write_text(text.replace("章贡区", "虔城区"), encoding="utf-8")

    lines = load("load_divisions", data=data)

    assert lines == ["divisions: 0 created, 1 updated, 111 unchanged"]
    assert Division.objects.get(code="360702").name == "虔城区"


def test_k8_01_a_division_that_the_list_has_no_more_is_closed_and_what_names_it_keeps_it(data):
    load("load_divisions")
    agency = AgencyFactory(organization__division_id="361181")
    text = (data / "divisions.json").read_text(encoding="utf-8")
    shorter = text.replace('"361130": "婺源县",', '"361130": "婺源县"')
    shorter = shorter.replace('  "361181": "德兴市"\n', "")
    (data / "divisions.json").write_text(shorter, encoding="utf-8")

    assert load("load_divisions", data=data) == [
        "divisions: 0 created, 0 updated, 111 unchanged, 1 closed"
    ]

    closed = Division.objects.get(code="361181")
    agency.organization.refresh_from_db()
    assert (closed.closed_on, agency.organization.place) == (date(2026, 11, 24), "上饶市德兴市")
    assert "361181" not in str(DivisionField().choices)
    assert load("load_divisions") == ["divisions: 0 created, 1 updated, 111 unchanged"]
    assert Division.objects.standing().count() == 112


def test_each_publication_is_recorded_without_a_person():
    load("load_catalogue")

    entries = AuditEntry.objects.filter(verb="item.published")
    assert entries.count() == 68
    assert {(one.by, one.before, one.after, one.at) for one in entries} == {
        (None, "draft", "published", NOON)
    }


def test_a_changed_published_item_becomes_a_new_version_and_the_old_one_keeps_its_words(data):
    load("load_catalogue")
    old = ServiceItem.objects.filter(pk=item("S05").pk).values().get()
    rewrite(data / "service_items.csv", "S05", "service_days_text", "20个工作日")

    lines = load("load_catalogue", data=data, at=LATER)

    assert lines[2] == "service items: 1 created, 0 updated, 90 unchanged, 1 published"
    new = item("S05", version=2)
    assert (new.status, new.service_days_text, new.published_at) == (
        "published",
        "20个工作日",
        LATER,
    )
    ended = {"status": "abolished", "ended_at": LATER}
    assert ServiceItem.objects.filter(pk=old["id"]).values().get() == old | ended


def test_a_published_item_that_loses_its_basis_stays_published_beside_a_draft(data):
    load("load_catalogue")
    rewrite(data / "service_items.csv", "S05", "legal_basis", "")

    lines = load("load_catalogue", data=data, at=LATER)

    assert lines[2] == "service items: 1 created, 0 updated, 90 unchanged"
    assert (item("S05").status, item("S05", version=2).status) == ("published", "draft")


def test_a_draft_that_gets_a_basis_is_updated_and_published(data):
    load("load_catalogue")
    rewrite(data / "service_items.csv", "S13", "legal_basis", "《建筑法》第十三条")

    lines = load("load_catalogue", data=data, at=LATER)

    assert lines[2] == "service items: 0 created, 1 updated, 90 unchanged, 1 published"
    assert (item("S13").status, item("S13").published_at) == ("published", LATER)


def test_a_suspended_item_is_left_alone_and_its_change_comes_as_a_draft(data):
    load("load_catalogue")
    suspended = item("S05")
    suspended.suspend(at=NOON)
    suspended.save()

    assert load("load_catalogue")[2] == "service items: 0 created, 0 updated, 91 unchanged"
    rewrite(data / "service_items.csv", "S05", "name", "编制文物保护工程方案（新）")
    load("load_catalogue", data=data, at=LATER)

    assert (item("S05").status, item("S05", version=2).status) == ("suspended", "draft")


def test_a_day_entered_by_hand_is_kept():
    typhoon = CalendarDay.objects.create(
        day=date(2026, 10, 1), is_workday=True, name="补班", source="省政府通知"
    )

    lines = load("load_calendar")

    assert lines == ["calendar 2024-2026: 74 created, 0 updated, 0 unchanged, 1 kept"]
    typhoon.refresh_from_db()
    assert (typhoon.is_workday, typhoon.source) == (True, "省政府通知")


def test_a_day_that_the_package_no_longer_names_is_removed():
    load("load_calendar")
    source = CalendarDay.objects.values_list("source", flat=True)[0]
    stale = {"is_workday": False, "name": "国庆节", "source": source}
    CalendarDay.objects.create(day=date(2026, 10, 16), **stale)
    CalendarDay.objects.create(day=date(2023, 10, 2), **stale)

    lines = load("load_calendar")

    assert lines == ["calendar 2024-2026: 0 created, 0 updated, 75 unchanged, 1 removed"]
    assert CalendarDay.objects.filter(day=date(2023, 10, 2)).exists()
