"""The load commands bring an empty database to the data files, and write nothing a second time."""

import csv
import shutil
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from marketplace.actions.parameters import RulesRefused
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.models import (
    Article,
    AuditEntry,
    CalendarDay,
    Law,
    LawVersion,
    Parameter,
    RulebookVersion,
)
from marketplace.kernel.rules import rules_in_force
from marketplace.models import (
    ApprovalDeliverable,
    Division,
    ServiceClass,
    ServiceItem,
)
from marketplace.reference import BadReferenceData
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory, load_laws

DATA = Path(__file__).parents[2] / "marketplace" / "data"
LATER = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
LOADED = (
    *(Division, Law, LawVersion, Article),
    *(ServiceClass, ServiceItem, ApprovalDeliverable, CalendarDay, Parameter),
)

pytestmark = pytest.mark.django_db


def load(command, **options):
    """Return the lines that the command prints, drafts left out; the catalogue needs the laws."""
    if command in {"load_catalogue", "load_parameters"} and not Law.objects.exists():
        load_laws()
    printed = StringIO()
    call_command(command, stdout=printed, **({"at": NOON} | options))
    return [line for line in printed.getvalue().splitlines() if not line.startswith("draft ")]


def stored():
    return {model: list(model.objects.order_by("pk").values()) for model in LOADED}


@pytest.fixture
def data(tmp_path):
    """A copy of the data files that a test may change."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def rewrite(path, key, column, value):
    """Change one cell of the row whose first cell is `key`."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    place = rows[0].index(column)
    for row in rows:
        if row[0] == key:
            row[place] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def item(code, version=1):
    return ServiceItem.objects.get(code=code, version=version)


# --- all of it -----------------------------------------------------------------------------------
def test_load_reference_fills_an_empty_database():
    assert load("load_reference") == [
        "divisions: 112 created, 0 updated, 0 unchanged",
        "laws: 97 created, 0 updated, 0 unchanged",
        "articles: 168 created, 0 updated, 0 unchanged",
        "service classes: 60 created, 0 updated, 0 unchanged",
        "service items: 24 created, 0 updated, 0 unchanged, 9 published",
        "approvals: 29 created, 0 updated, 0 unchanged",
        "calendar 2024-2026: 75 created, 0 updated, 0 unchanged",
        "parameters: 69 created, 0 updated, 0 unchanged",
    ]


def test_a_second_load_writes_nothing():
    load("load_reference")
    before, audited = stored(), AuditEntry.objects.count()

    lines = load("load_reference", at=LATER)

    assert lines == [
        "divisions: 0 created, 0 updated, 112 unchanged",
        "laws: 0 created, 0 updated, 97 unchanged",
        "articles: 0 created, 0 updated, 168 unchanged",
        "service classes: 0 created, 0 updated, 60 unchanged",
        "service items: 0 created, 0 updated, 24 unchanged",
        "approvals: 0 created, 0 updated, 29 unchanged",
        "calendar 2024-2026: 0 created, 0 updated, 75 unchanged",
        "parameters: 0 created, 0 updated, 69 unchanged",
    ]
    assert (stored(), AuditEntry.objects.count()) == (before, audited)


def test_a_second_load_sends_no_writing_query(django_assert_num_queries):
    load("load_divisions")

    with django_assert_num_queries(112 + 2) as queries:
        load("load_divisions")

    assert [
        query["sql"].split()[0] for query in queries if "SELECT" not in query["sql"].split()[0]
    ] == ["SAVEPOINT", "RELEASE"]


def test_a_trial_run_says_the_same_and_writes_nothing():
    lines = load("load_reference", dry_run=True)

    assert lines[4] == "service items: 24 created, 0 updated, 0 unchanged, 9 published"
    assert lines[-1] == "dry run: nothing was written"
    assert {model: rows for model, rows in stored().items() if rows} == {}
    assert not AuditEntry.objects.exists()


def test_every_loaded_row_is_valid_by_its_own_model():
    load("load_reference")

    for model in LOADED:
        for row in model.objects.all():
            row.full_clean(exclude={"status"})


@pytest.mark.parametrize("command", ["load_divisions", "load_catalogue", "load_parameters"])
def test_a_fault_in_a_file_is_told_and_nothing_is_written(command, data):
    load("load_divisions")
    load_laws()
    before = stored()
    (data / "divisions.json").write_text("{", encoding="utf-8")
    rewrite(data / "service_items.csv", "S27", "paid_by", "owner")
    rewrite(data / "parameters.csv", "qualification.near_expiry", "value", "soon")

    with pytest.raises(CommandError) as caught:
        load(command, data=data)

    assert isinstance(caught.value.__cause__, BadReferenceData)
    assert stored() == before


def test_a_moment_of_publication_must_name_its_offset():
    with pytest.raises(CommandError):
        call_command("load_catalogue", "--at", "2026-11-24T12:00:00")


# --- divisions -----------------------------------------------------------------------------------
def test_divisions_hang_together():
    load("load_divisions")

    county = Division.objects.get(code="360702")
    assert (county.name, county.level, county.full_name) == ("章贡区", "county", "赣州市章贡区")
    assert county.parent.parent.code == "360000"
    assert Division.objects.within(county.parent).count() == 19


def test_a_renamed_division_is_updated(data):
    load("load_divisions")
    text = (data / "divisions.json").read_text(encoding="utf-8")
    (data / "divisions.json").write_text(text.replace("章贡区", "虔城区"), encoding="utf-8")

    lines = load("load_divisions", data=data)

    assert lines == ["divisions: 0 created, 1 updated, 111 unchanged"]
    assert Division.objects.get(code="360702").name == "虔城区"


# --- catalogue -----------------------------------------------------------------------------------
def test_items_with_a_legal_basis_are_published_and_the_others_stay_drafts():
    load("load_catalogue")

    published = ServiceItem.objects.published()
    assert [one.code for one in published] == [
        *(f"S{number:02}" for number in range(1, 9)),
        "S10",
    ]
    assert {one.published_at for one in published} == {NOON}
    assert ServiceItem.objects.filter(status="draft", legal_basis="").count() == 13


def test_each_draft_says_first_that_its_legal_basis_is_missing():
    load_laws()
    printed = StringIO()
    call_command("load_catalogue", stdout=printed, at=NOON)

    drafts = ServiceItem.objects.filter(status="draft")
    assert [one.code for one in drafts if not one.missing[0].startswith("设立依据：")] == []
    assert [line for line in printed.getvalue().splitlines() if line.startswith("draft ")] == [
        f"draft {one.code} {one.name}: {'; '.join(one.missing)}" for one in drafts
    ]


def test_without_the_law_library_no_item_is_loaded():
    with pytest.raises(CommandError, match="legal_basis: unknown_source"):
        call_command("load_catalogue", stdout=StringIO(), at=NOON)

    assert not ServiceItem.objects.exists()


def test_each_publication_is_recorded_without_a_person():
    load("load_catalogue")

    entries = AuditEntry.objects.filter(verb="item.published")
    assert entries.count() == 9
    assert {(one.by, one.before, one.after, one.at) for one in entries} == {
        (None, "draft", "published", NOON)
    }


def test_a_changed_published_item_becomes_a_new_version_and_the_old_one_keeps_its_words(data):
    load("load_catalogue")
    old = ServiceItem.objects.filter(pk=item("S05").pk).values().get()
    rewrite(data / "service_items.csv", "S05", "service_days_text", "20个工作日")

    lines = load("load_catalogue", data=data, at=LATER)

    assert lines[1] == "service items: 1 created, 0 updated, 23 unchanged, 1 published"
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

    assert lines[1] == "service items: 1 created, 0 updated, 23 unchanged"
    assert (item("S05").status, item("S05", version=2).status) == ("published", "draft")


def test_a_draft_that_gets_a_basis_is_updated_and_published(data):
    load("load_catalogue")
    rewrite(data / "service_items.csv", "S13", "legal_basis", "《建筑法》第十三条")

    lines = load("load_catalogue", data=data, at=LATER)

    assert lines[1] == "service items: 0 created, 1 updated, 23 unchanged, 1 published"
    assert (item("S13").status, item("S13").published_at) == ("published", LATER)


def test_a_suspended_item_is_left_alone_and_its_change_comes_as_a_draft(data):
    load("load_catalogue")
    suspended = item("S05")
    suspended.suspend(at=NOON)
    suspended.save()

    assert load("load_catalogue")[1] == "service items: 0 created, 0 updated, 24 unchanged"
    rewrite(data / "service_items.csv", "S05", "name", "编制文物保护工程方案（新）")
    load("load_catalogue", data=data, at=LATER)

    assert (item("S05").status, item("S05", version=2).status) == ("suspended", "draft")


def test_approvals_name_the_department_of_this_province():
    load("load_catalogue")

    approval = ApprovalDeliverable.objects.get(deliverable="洪水（防洪）影响评价报告")
    assert (approval.approval, approval.accepting_department) == (
        "洪水影响评价审批",
        "行政审批部门",
    )
    fire = ApprovalDeliverable.objects.get(approval="消防验收或备案")
    assert fire.accepting_department == "住房和城乡建设主管部门"


# --- calendar ------------------------------------------------------------------------------------
def test_the_calendar_holds_the_days_of_three_years_with_their_source():
    load("load_calendar")

    national_day = CalendarDay.objects.get(day=date(2026, 10, 1))
    assert (national_day.is_workday, national_day.name) == (False, "国庆节")
    assert national_day.source == "国务院办公厅年度节假日安排（数据取自 chinesecalendar 1.11.0）"
    assert CalendarDay.objects.get(day=date(2026, 2, 14)).is_workday is True
    assert CalendarDay.objects.work_calendar().published_until == date(2026, 12, 31)
    assert CalendarDay.objects.order_by("day").values_list("day", flat=True)[0].year == 2024


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


NEW_YEAR_2026 = "agency.check: 2026-01-02T00:00:00+08:00 -> 2026-01-05T00:00:00+08:00"


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.usefixtures("rules")
def test_a_year_that_is_published_settles_the_deadlines_that_waited_for_it(dry_run):
    CalendarDay.objects.exclude(day__year=2025).delete()
    agency = AgencyFactory(
        submitted=True,
        submitted_at=datetime(2025, 12, 30, 10, tzinfo=CHINA),
        check_due_at=datetime(2026, 1, 2, tzinfo=CHINA),
        is_due_provisional=True,
    )

    lines = load("load_calendar", at=datetime(2025, 12, 30, 18, tzinfo=CHINA), dry_run=dry_run)

    assert f"{agency.organization.uscc} {NEW_YEAR_2026}" in lines
    agency.refresh_from_db()
    assert agency.is_due_provisional is dry_run
    due = datetime(2026, 1, 2 if dry_run else 5, tzinfo=CHINA)
    assert agency.check_due_at == due
    assert AuditEntry.objects.exists() is not dry_run


# --- parameters ----------------------------------------------------------------------------------
def test_parameters_need_their_division():
    with pytest.raises(CommandError):
        load("load_parameters")

    assert not Parameter.objects.exists()


def test_one_row_of_each_key_is_in_force_on_any_day():
    load("load_divisions")
    load("load_parameters")

    assert Parameter.objects.in_force(NOON.date()).count() == 69
    assert len(rules_in_force(Division.objects.get(code="360702"), NOON.date())) == 69


def test_a_new_value_is_a_new_row_and_ends_the_one_before_it_without_editing_it(data):
    load("load_divisions")
    load("load_parameters")
    old = Parameter.objects.filter(key="order.signup_min").values().get()
    with (data / "parameters.csv").open("a", encoding="utf-8") as file:
        file.write("order.signup_min,5,working_day,平台默认,,2027-01-01,360000\n")

    lines = load("load_parameters", data=data)

    assert lines == ["parameters: 1 created, 0 updated, 69 unchanged"]
    before, after = Parameter.objects.filter(key="order.signup_min").order_by("in_force_from")
    ended = {"in_force_until": date(2027, 1, 1)}
    assert Parameter.objects.filter(pk=before.pk).values().get() == old | ended
    assert (after.value, after.in_force_from, after.in_force_until) == (5, date(2027, 1, 1), None)
    assert load("load_parameters", data=data) == ["parameters: 0 created, 0 updated, 70 unchanged"]


@pytest.mark.parametrize(
    ("column", "value"),
    [("value", "5"), ("unit", "calendar_day"), ("legal_basis", "平台默认（参考：湖南省规定）")],
)
def test_a_stored_value_is_never_rewritten(data, column, value):
    load("load_divisions")
    load("load_parameters")
    before = stored()
    rewrite(data / "parameters.csv", "order.signup_min", column, value)
    rewrite(data / "parameters.csv", "onboarding.publicity", "source_note", "新的说明")

    with pytest.raises(CommandError) as caught:
        load("load_parameters", data=data)

    assert isinstance(caught.value.__cause__, RulesRefused)
    [finding] = caught.value.__cause__.findings
    assert (finding.column, finding.verdict.guard) == (column, "stored_value_is_kept")
    assert stored() == before
    assert not RulebookVersion.objects.exists()


def test_the_words_about_a_value_may_be_improved(data):
    load("load_divisions")
    load("load_parameters")
    rewrite(data / "parameters.csv", "order.signup_min", "source_note", "新的说明")

    lines = load("load_parameters", data=data)

    assert lines == ["parameters: 0 created, 1 updated, 68 unchanged"]
    assert Parameter.objects.get(key="order.signup_min").source_note == "新的说明"
