"""Each list goes out and comes in again without loss; a fault names its row, column and reason."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from marketplace.actions.imports import PORTS, faults_in, preview, take_in
from marketplace.forms.reference import sentence_of
from marketplace.kernel.calendar import is_working_day
from marketplace.kernel.models import AuditEntry, CalendarDay
from marketplace.models import Division, OwnershipTie, PlaceCode, ServiceItem
from marketplace.reference import BadReferenceData, parse_ownership, parse_place_codes
from marketplace.web.exports import csv_text
from marketplace.web.tables import excel, table_text
from tests.clock import NOON
from tests.factories.marketplace import UserFactory, division, load_laws, valid_uscc
from tests.marketplace.test_reference_ownership import HEADER, PERSON

pytestmark = pytest.mark.django_db
A, B = map(valid_uscc, (1, 2))
TIES = (
    f"{HEADER}holds,{A},,甲公司,{B},乙公司,60.5,,\n"
    f"represents,,{PERSON},陈一,{B},乙公司,,,\nfounded,{B},,乙局,{A},甲公司,,水行政主管部门,360702\n"
)
PLACES = (
    "code,name,valid_from,valid_until,successors\n500000,重庆市,,,\n"
    "500105,江北区,,2025,500157\n500112,渝北区,,2025,500157\n500157,两江新区,2025,,\n"
)


@pytest.fixture
def catalogue():
    load_laws()
    call_command("load_catalogue", at=NOON, stdout=StringIO())
    division()
    call_command("load_calendar", at=NOON, stdout=StringIO())
    PORTS["places"].load(parse_place_codes(PLACES), NOON)
    PORTS["ownership"].load(parse_ownership(TIES, {"360702"}), NOON)


def saved(text):
    """Return a text as office programs save it."""
    return {
        "utf-8": text.encode(),
        "utf-8-sig": text.encode("utf-8-sig"),
        "gbk": text.replace("\n", "\r\n").encode("gb18030"),
    }


def test_k7_01_every_list_comes_back_as_it_went_out_in_each_form(catalogue):
    for name, port in PORTS.items():
        rows = list(port.rows())
        text = csv_text(rows)
        files = {**saved(text), "xlsx": excel(rows)}

        read = {form: table_text(content, name) for form, content in files.items()}

        wrong = [form for form, came in read.items() if came.splitlines() != text.splitlines()]
        assert wrong == [], name
        found = preview(port, text, at=NOON)
        assert (found.changes, set(found.outcomes)) == ((), {"unchanged"}), name


def test_a_fault_names_its_line_column_and_reason_for_each_row(catalogue):
    port = PORTS["items"]
    rows = list(port.rows())
    place = {column: port.columns.index(column) for column in port.columns}
    rows[2][place["paid_by"]] = "owner"
    rows[4][place["legal_basis"]] = "《没有这部法》第一条"
    rows[5][place["requirement"]] = '{"kind": "licence"}'

    found = faults_in(port, csv_text(rows))

    assert [(one.line, one.column, one.problem) for one in found] == [
        (3, "paid_by", "unknown"),
        (5, "legal_basis", "unknown_source"),
        (6, "requirement", "not_a_requirement"),
    ]
    before = ServiceItem.objects.count()
    with pytest.raises(BadReferenceData):
        take_in(name="items", text=csv_text(rows), by=UserFactory(), at=NOON)
    assert ServiceItem.objects.count() == before


def test_items_come_in_as_drafts_and_what_is_public_stays(catalogue):
    port = PORTS["items"]
    rows = list(port.rows())
    cell = port.columns.index("service_days_text")
    [row] = [row for row in rows if row[0] == "S05"]
    row[cell] = "20个工作日"
    text = csv_text(rows)

    found = preview(port, text, at=NOON)
    assert ServiceItem.objects.filter(code="S05").count() == 1
    take_in(name="items", text=text, by=UserFactory(), at=NOON)

    assert [(one.row, one.column, one.before, one.after) for one in found.changes] == [
        ("S05", "service_days_text", "双方协商约定", "20个工作日")
    ]
    versions = ServiceItem.objects.filter(code="S05").values_list("version", "status")
    assert [*versions] == [(2, "draft"), (1, "published")]
    entry = AuditEntry.objects.get(verb="reference.taken_in")
    assert entry.data["list"] == "items"


def test_ties_of_a_unit_are_brought_to_what_its_file_says(catalogue):
    port = PORTS["ownership"]
    text = port.carried(f"{HEADER}holds,{A},,甲公司,{B},乙公司,51,,\n")

    found = preview(port, text, at=NOON)

    assert found.outcomes == {"updated": 1, "removed": 1}
    assert [(one.row, one.column, one.before, one.after) for one in found.changes][:3] == [
        ("甲公司 holds 乙公司", "share", "60.5", "51"),
        ("陈一 represents 乙公司", "kind", "represents", ""),
        ("陈一 represents 乙公司", "holder_identity", person(), ""),
    ]
    assert OwnershipTie.objects.count() == 3


def test_the_days_of_a_year_are_brought_to_what_its_file_says(catalogue):
    rows = list(PORTS["calendar"].rows())
    before = CalendarDay.objects.count()
    of_2027 = [
        ["2027-10-01", "false", "国庆节", "某通知"],
        ["2027-10-09", "true", "国庆节", "某通知"],
    ]
    text = csv_text([*rows[:-1], *of_2027])

    found = preview(PORTS["calendar"], text, at=NOON)
    assert (found.outcomes, CalendarDay.objects.count()) == (
        {"created": 2, "unchanged": before - 1, "removed": 1},
        before,
    )
    take_in(name="calendar", text=text, by=UserFactory(), at=NOON)

    calendar = CalendarDay.objects.work_calendar()
    assert calendar.published_until == date(2027, 12, 31)
    assert not is_working_day(date(2027, 10, 1), calendar)
    assert is_working_day(date(2027, 10, 9), calendar)
    half = csv_text([rows[0], ["2028-01-03", "false", "元旦", "某通知"]])
    assert [one.problem for one in faults_in(PORTS["calendar"], half)] == ["not_a_whole_year"]
    with pytest.raises(BadReferenceData):
        take_in(name="calendar", text=half, by=UserFactory(), at=NOON)


def test_what_no_column_can_hold_is_refused_in_its_row(catalogue):
    rows = list(PORTS["divisions"].rows())
    rows[2][1] = "很" * 33

    [found] = faults_in(PORTS["divisions"], csv_text(rows))

    assert (found.line, found.column, found.problem) == (3, "name", "too_long")
    assert sentence_of(found).startswith("第 3 行，“name”列，“很很")
    with pytest.raises(BadReferenceData):
        take_in(name="divisions", text=csv_text(rows), by=UserFactory(), at=NOON)
    assert not Division.objects.filter(name=rows[2][1]).exists()


def test_divisions_and_codes_that_a_file_has_no_more_are_closed(catalogue):
    rows = list(PORTS["divisions"].rows())
    less = csv_text([row for row in rows if row[0] != "360702"])
    codes = PLACES.replace("500157,两江新区,2025,,\n", "500157,两江区,2026,,\n")

    found = preview(PORTS["divisions"], less, at=NOON)
    assert (found.outcomes, [(one.row, one.after) for one in found.changes]) == (
        {"unchanged": 2, "closed": 1},
        [("360702 章贡区", ""), ("360702 章贡区", "")],
    )
    assert Division.objects.standing().count() == 3
    take_in(name="divisions", text=less, by=UserFactory(), at=NOON)
    take_in(name="places", text=codes, by=UserFactory(), at=NOON)

    assert Division.objects.get(pk="360702").closed_on == NOON.date()
    told = PlaceCode.objects.filter(code="500157").order_by("valid_from")
    assert [*told.values_list("name", "valid_until")] == [("两江新区", 2026), ("两江区", None)]


def test_a_file_of_divisions_or_codes_is_held_against_itself_and_the_province(catalogue):
    orphan = "code,name\n360000,江西省\n360702,章贡区\n"
    foreign = "code,name\n330000,浙江省\n36,江西省\n"
    lost = PLACES.replace("500157,两江新区,2025,,\n", "")

    told = [
        [(one.line, one.column, one.problem) for one in faults_in(PORTS[name], text)]
        for name, text in (("divisions", orphan), ("divisions", foreign), ("places", lost))
    ]

    assert told == [
        [(3, "code", "unknown_parent")],
        [(2, "code", "another_province"), (3, "code", "malformed")],
        [(3, "successors", "unknown")],
    ]
    with pytest.raises(BadReferenceData):
        take_in(name="divisions", text=orphan, by=UserFactory(), at=NOON)
    assert Division.objects.standing().count() == 3


def person():
    return OwnershipTie.objects.get(kind="represents").holder_key
