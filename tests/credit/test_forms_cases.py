"""What the forms of a case take, and say of what they do not take."""

from datetime import date, datetime

import pytest
from django.utils.datastructures import MultiValueDict

from credit.forms.cases import CaseForm, PastDayForm
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.rules import rules_in_force
from tests.clock import NOON
from tests.factories.marketplace import division
from tests.uploads import upload

MEGABYTE = 1024**2
FIRST_DAY = date(2025, 1, 1)
NOTICE = {
    "kind": "collusion",
    "reference": "",
    "occurred_on": "2026-11-20",
    "facts": "两家机构的报价文件由同一台设备制作。",
    "legal_basis": "《测试条例》",
    "severity": "serious",
    "restriction_kind": "freeze",
    "months": "12",
    "service_class": "",
}


@pytest.fixture
def notice(rules):
    """Return a function that fills the form in."""
    values = rules_in_force(division("360000"), NOON.date())

    def notice(files=(), **changes) -> CaseForm:
        posted, given = {**NOTICE, **changes}, MultiValueDict({"evidence": list(files)})
        return CaseForm(posted, given, limit=MEGABYTE, rules=values, since=FIRST_DAY, at=NOON)

    return notice


def past_day(asked: str) -> PastDayForm:
    return PastDayForm({"on": asked}, since=FIRST_DAY, today=NOON.date())


# --- The notice -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "moment"),
    [
        ("2026-11-24", NOON),
        ("2026-11-23", datetime(2026, 11, 23, tzinfo=CHINA)),
        ("2025-01-01", datetime(2025, 1, 1, tzinfo=CHINA)),
    ],
)
def test_conduct_of_today_happened_by_now_and_of_another_day_at_its_beginning(notice, day, moment):
    form = notice(occurred_on=day)

    assert form.is_valid()
    assert form.proposed()["occurred_at"] == moment
    assert "occurred_on" not in form.proposed()


def test_conduct_before_the_rules_is_refused_with_the_days_between_which_it_may_lie(notice):
    assert notice(occurred_on="2024-12-31").errors["occurred_on"] == [
        "行为发生日期应在 2025年1月1日（信用规则施行之日）至今天（2026年11月24日）之间。"
    ]


def test_as_many_papers_are_taken_as_the_rulebook_says(notice):
    five = notice([upload() for _again in range(5)])

    assert five.is_valid()
    assert len(five.proposed()["files"]) == 5
    assert notice([upload() for _again in range(6)]).errors["evidence"] == [
        "最多 5 份文件，选了 6 份。依据：平台默认。"
    ]


def test_each_severity_is_offered_with_its_months_and_what_they_rest_on(notice):
    field = notice().fields["severity"]

    assert [label for _value, label in field.choices] == [
        "轻微失信（0–3 个月）",
        "一般失信（3–12 个月）",
        "严重失信（12–36 个月）",
    ]
    assert {*field.option_bases.values()} == {"平台默认"}
    assert field.option_bases.keys() == {value for value, _label in field.choices}


# --- A past day -----------------------------------------------------------------------------------
def test_no_day_is_no_answer():
    form = past_day("")

    assert form.is_valid()
    assert form.cleaned_data["on"] is None


@pytest.mark.parametrize("asked", ["nonsense", "2026-13-01"])
def test_what_is_no_day_is_refused(asked):
    assert list(past_day(asked).errors) == ["on"]


@pytest.mark.parametrize("asked", ["2025-01-01", "2026-11-24"])
def test_the_first_day_of_the_rules_and_today_are_answered(asked):
    form = past_day(asked)

    assert form.is_valid()
    assert form.cleaned_data["on"] == date.fromisoformat(asked)


@pytest.mark.parametrize("asked", ["0001-01-01", "2024-12-31", "2026-11-25", "9999-12-31"])
def test_a_day_before_the_rules_or_to_come_is_refused_with_the_days_that_can_be_asked(asked):
    assert past_day(asked).errors["on"] == [
        "只能查 2025年1月1日（信用规则施行之日）至今天（2026年11月24日）的信用分。"
    ]
