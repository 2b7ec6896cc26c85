"""Credit in words: the workbench, the steps of a case, its age, what a signature stops."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from credit.models import Case, Measure, Restriction
from credit.pages import asides, nav, todos
from credit.pages.cases import (
    age_of,
    case_steps,
    effects_of_signing,
    lateness_of,
    progress_of,
    proposal_facts,
    repair_from,
)
from credit.templatetags.conduct import points, score
from marketplace.kernel.calendar import CHINA, WorkCalendar
from tests.clock import NOON
from tests.factories.credit import (
    CaseFactory,
    EntryFactory,
    RestrictionFactory,
    active_agency,
    decision,
    notice,
)
from tests.factories.marketplace import (
    AuthorityFactory,
    BuyerFactory,
    Role,
    ServiceClassFactory,
    division,
    party,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
PLAIN = WorkCalendar(frozenset(), frozenset(), date(2099, 12, 31))


def entries(acting) -> list[tuple[str, int | None]]:
    return [(str(item.label), item.count) for item in nav(acting, NOON)]


# --- The workbench --------------------------------------------------------------------------------
def test_agencies_and_owners_are_led_to_their_record():
    agency = party(active_agency(), Role.AGENCY_AGENT)
    CaseFactory(organization=agency.organization)
    owner = party(BuyerFactory().organization, Role.BUYER_MANAGER)

    assert entries(agency) == [("信用记录", 1)]
    assert entries(owner) == [("信用记录", None)]


def test_officers_are_led_to_the_cases_of_their_area_and_to_all_agencies():
    authority = AuthorityFactory()
    CaseFactory(authority=authority)
    CaseFactory(authority=authority, stated=True)
    CaseFactory(authority=authority, decided=True)
    CaseFactory(authority=AuthorityFactory(division=division("360100")))

    assert entries(party(authority, Role.INSPECTOR)) == [("信用案件", 2), ("机构信用", None)]
    assert entries(party(authority, Role.OPERATOR)) == []


def test_beside_the_to_dos_stand_the_score_and_what_changed_it_last():
    agency = party(active_agency(), Role.AGENCY_AGENT)
    for days in range(4):
        EntryFactory(organization=agency.organization, occurred_at=NOON - days * DAY)

    [panel] = asides(agency, NOON)

    assert panel.context["standing"].score == Decimal(80)
    shown = [entry.occurred_at for entry in panel.context["entries"]]
    assert shown == [NOON, NOON - DAY, NOON - 2 * DAY]


def test_a_manager_of_the_agency_has_a_statement_to_make_until_its_deadline():
    case = CaseFactory()
    manager = party(case.organization, Role.AGENCY_MANAGER)
    agent = party(case.organization, Role.AGENCY_AGENT)

    (todo,) = todos(manager, NOON)
    assert (str(todo.title), todo.due_at) == ("陈述、申辩", case.statement_due_at)
    assert todo.url == f"/credit/record/cases/{case.slug}/"
    assert todos(agent, NOON) == []
    assert len(todos(manager, case.statement_due_at - INSTANT)) == 1
    assert todos(manager, case.statement_due_at) == []


def test_a_regulator_has_decisions_to_make_but_not_on_the_own_cases():
    authority = AuthorityFactory()
    regulator = party(authority, Role.REGULATOR)
    case = CaseFactory(authority=authority, stated=True)
    CaseFactory(authority=authority, stated=True, opened_by=regulator.user)
    CaseFactory(authority=authority)
    CaseFactory(authority=AuthorityFactory(), stated=True)

    (todo,) = todos(regulator, NOON)
    assert (str(todo.title), todo.due_at) == ("作出处理决定", case.decision_due_at)
    assert todo.url == f"/regulator/cases/{case.slug}/"
    assert todos(party(authority, Role.MANAGER), NOON) == []


def test_the_own_standing_stands_beside_the_to_dos():
    restriction = RestrictionFactory()
    agency = party(restriction.organization, Role.AGENCY_AGENT)

    (aside,) = asides(agency, NOON)
    assert aside.context["standing"].restrictions == (restriction,)
    assert asides(party(AuthorityFactory(), Role.REGULATOR), NOON) == []


# --- Steps ----------------------------------------------------------------------------------------
def words_of(case: Case) -> list[tuple[str, str]]:
    return [(str(step.label), step.state) for step in case_steps(case)]


NOTIFIED = ("告知", "past")
DECIDED = ("由承办人以外的人员审核，以办理机关名义作出决定", "past")


def test_the_steps_of_a_case_show_what_is_done_what_runs_and_what_comes():
    case = notice()
    assert words_of(case) == [
        NOTIFIED,
        ("陈述申辩", "now"),
        ("由承办人以外的人员审核，以办理机关名义作出决定", "future"),
        ("生效", "future"),
    ]

    assert words_of(CaseFactory(stated=True))[1:3] == [
        ("陈述申辩", "past"),
        ("由承办人以外的人员审核，以办理机关名义作出决定", "now"),
    ]
    restriction = decision(case)
    case = restriction.case
    assert words_of(case)[2:] == [DECIDED, ("全省生效", "now"), ("自行终止", "future")]


@pytest.mark.parametrize(
    ("state", "last"),
    [("dismissed", "不予处理"), ("revoked", "撤销"), ("ended", "已到期")],
)
def test_the_last_step_of_a_closed_case_is_how_it_ended(state, last):
    case = CaseFactory(**{state: True})
    if state != "dismissed":
        RestrictionFactory(case=case, organization=case.organization)

    assert words_of(case)[-1] == (last, "now")


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


# --- Age and progress -----------------------------------------------------------------------------
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


def test_repair_may_be_asked_for_after_the_shortest_period():
    restriction = decision(severity="general", months=6)
    start = restriction.effective_from.astimezone(CHINA)
    shortest = decision(severity="general", months=3)

    assert repair_from(restriction) == datetime(2027, 3, 3, tzinfo=CHINA)
    assert (start.month, start.day) == (12, 2)
    assert repair_from(shortest) == shortest.effective_to


# --- What a signature stops -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("measure", "stops"),
    [("warning", False), ("no_preference", False), ("freeze", True), ("removal", True)],
)
def test_what_a_signature_stops_is_said_in_words_without_any_count(measure, stops):
    case = CaseFactory(restriction_kind=measure)
    sentences = effects_of_signing(case, NOON)

    assert any("报价同时失效" in sentence for sentence in sentences) == stops
    assert any("不影响报名、选取和签约" in sentence for sentence in sentences) != stops
    assert any("不列入机构名录" in sentence for sentence in sentences) == (measure == "removal")
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
    facts = {str(fact["label"]): str(fact["value"]) for fact in proposal_facts(notice())}

    assert facts["可选范围"] == "12–36 个月，规则手册 sanction.months.serious"
    assert (facts["期限"], facts["适用范围"]) == ("12 个月", "全部服务类别")
    assert facts["依据"].endswith("《测试条例》</a>（未收录）")
    assert Restriction.objects.count() == 0


@pytest.mark.parametrize(
    ("value", "as_points", "as_score"),
    [(-5, "−5", "−5"), (0, "0", "0"), (1, "+1", "1")],
)
def test_points_have_a_sign_and_scores_no_needless_zeros(value, as_points, as_score):
    exact = Decimal(value).quantize(Decimal("0.01"))

    assert (points(exact), score(exact)) == (as_points, as_score)
    assert score(Decimal("92.50")) == "92.5"
    assert score(Decimal(100)) == "100"
