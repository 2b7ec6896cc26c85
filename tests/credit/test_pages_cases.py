"""What the page of a case is made of."""

from datetime import date, datetime, timedelta

import pytest

from credit.models import Measure, Restriction
from credit.pages.cases import (
    age_of,
    case_steps,
    effects_of_signing,
    lateness_of,
    progress_of,
    proposal_facts,
)
from marketplace.kernel.calendar import CHINA, WorkCalendar
from tests.clock import NOON
from tests.factories.credit import (
    CaseFactory,
    RestrictionFactory,
    notice,
)
from tests.factories.marketplace import (
    ServiceClassFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
PLAIN = WorkCalendar(frozenset(), frozenset(), date(2099, 12, 31))


def test_a_lapsed_statement_is_told_from_one_that_was_made():
    silent, heard = CaseFactory(stated=True), CaseFactory(stated=True, statement="没有。")

    assert case_steps(silent)[1].note == "期满未陈述"
    assert case_steps(heard)[1].note == "机构已陈述"


def test_a_decision_is_late_from_its_deadline_on():
    case = CaseFactory(decided=True, decision_due_at=NOON)
    assert lateness_of(case) == "超过决定期限（2026年11月24日 12:00）"

    case.decided_at = NOON - INSTANT
    assert lateness_of(case) == ""
    assert lateness_of(CaseFactory(stated=True)) == ""


@pytest.mark.parametrize(
    ("at", "used", "is_late"),
    [
        (datetime(2026, 11, 24, 12, 0, tzinfo=CHINA), 0, False),
        (datetime(2026, 11, 25, 9, 0, tzinfo=CHINA), 1, False),
        (datetime(2026, 12, 1, 23, 59, tzinfo=CHINA), 5, False),
        (datetime(2026, 12, 2, 0, 0, tzinfo=CHINA), 6, True),
    ],
)
def test_the_age_of_a_step_counts_working_days_against_its_deadline(at, used, is_late):
    age = age_of(notice(), at, PLAIN)

    assert (age.used, age.allowed, age.is_late) == (used, 5, is_late)


def test_the_decision_s_age_starts_anew_after_a_statement_that_lapsed_at_midnight():
    case = CaseFactory(
        stated=True,
        stated_at=datetime(2026, 12, 2, tzinfo=CHINA),
        decision_due_at=datetime(2026, 12, 16, tzinfo=CHINA),
    )

    age = age_of(case, datetime(2026, 12, 2, 9, 0, tzinfo=CHINA), PLAIN)

    assert (age.used, age.allowed) == (1, 10)
    assert age_of(CaseFactory(decided=True), NOON, PLAIN) is None


@pytest.mark.parametrize(
    ("at", "passed", "text", "word"),
    [
        (NOON, 0, "已执行 0 天，还有 365 天", "限制生效"),
        (NOON + 100 * DAY, 100, "已执行 100 天，还有 265 天", "限制生效"),
        (NOON + 365 * DAY, 365, "", "已到期"),
    ],
)
def test_progress_counts_days_passed_and_left(at, passed, text, word):
    progress = progress_of(RestrictionFactory(), at)

    assert (progress.passed, progress.total, progress.text, progress.word) == (
        passed,
        365,
        text,
        word,
    )


def test_the_progress_of_a_revoked_restriction_stops_where_it_was_lifted():
    restriction = RestrictionFactory(lifted_at=NOON + 10 * DAY)

    assert progress_of(restriction, NOON + 9 * DAY).word == "限制生效"
    progress = progress_of(restriction, NOON + 20 * DAY)
    assert (progress.passed, progress.text, progress.word) == (10, "", "已撤销")


@pytest.mark.parametrize(
    ("measure", "stops"),
    [("warning", False), ("no_preference", False), ("freeze", True), ("removal", True)],
)
def test_what_a_signature_stops_is_said_in_words_without_any_count(measure, stops):
    case = CaseFactory(restriction_kind=measure)
    sentences = effects_of_signing(case, NOON)

    assert any("报价同时失效" in sentence for sentence in sentences) == stops
    assert any("不影响报名、选取和签约" in sentence for sentence in sentences) != stops
    assert any("标明“清退”" in sentence for sentence in sentences) == (measure == "removal")
    assert "2027年11月24日 24:00" in sentences[-1]
    assert sentences[-2] == "决定书立即在“信用”栏公示。"


def test_a_signature_names_the_class_it_is_limited_to_and_what_is_not_published():
    case = CaseFactory(
        service_class=ServiceClassFactory(name="测绘"),
        severity="minor",
        months=0,
        restriction_kind=Measure.WARNING,
    )
    assert effects_of_signing(case, NOON)[-2:] == [
        "轻微失信的决定不公示。",
        "不设期限，作出后即告完成。",
    ]
    case.restriction_kind = Measure.FREEZE
    assert "限于服务类别“测绘”" in effects_of_signing(case, NOON)[0]


def test_a_proposal_names_the_range_it_was_chosen_from():
    facts = {str(fact.label): str(fact.value) for fact in proposal_facts(notice())}

    assert facts["可选范围"] == "12–36 个月，规则手册 sanction.months.serious"
    assert (facts["期限"], facts["适用范围"]) == ("12 个月", "全部服务类别")
    assert facts["依据"].endswith("《测试条例》</a>（未收录）")
    assert Restriction.objects.count() == 0
