"""What the page of a decision says, by what was imposed, what became of it, and who reads."""

from datetime import timedelta

import pytest

from credit.actions import revoke_case
from credit.models import Case, Restriction
from credit.pages.decision_page import DecisionPage, decision_page
from tests.clock import NOON
from tests.factories.credit import decision, notice
from tests.factories.marketplace import Role, ServiceClassFactory, UserFactory, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)
MEASURES = {
    "warning": {"severity": "minor", "months": 1},
    "no_preference": {"severity": "general", "months": 6},
}


def decided(measure: str = "freeze") -> Restriction:
    terms = MEASURES.get(measure, {})
    case = notice(restriction_kind=measure, at=NOON - 30 * DAY, **terms)
    return decision(case, at=NOON - 9 * DAY)


def read(restriction: Restriction) -> DecisionPage:
    """Return the page as the public reads it at noon."""
    return decision_page(restriction, None, NOON)


@pytest.mark.parametrize(
    ("measure", "effects"),
    [
        ("warning", [("记入信用记录，不影响报名、选取和签约", False)]),
        (
            "no_preference",
            [("信用限制期内不享受信用优先的待遇", True), ("不影响报名、选取和签约", False)],
        ),
        (
            "freeze",
            [
                ("信用限制期内不能报名任何采购", True),
                ("选取和签约时再次核查，信用限制期内不能中选、不能签订新的合同", True),
                ("决定作出时，未开启的报价同时失效", True),
                ("已经签订的合同继续履行", False),
            ],
        ),
    ],
)
def test_a_measure_says_what_it_stops_and_what_it_leaves(measure, effects):
    page = read(decided(measure))

    assert [(effect.text, effect.stops) for effect in page.effects] == effects


def test_a_measure_on_one_class_names_it():
    restriction = decided()
    restriction.service_class = ServiceClassFactory(name="测绘")

    assert read(restriction).effects[0].text == "信用限制期内不能报名“测绘”类别的采购"


def test_how_many_bids_ended_is_told_to_their_agency():
    restriction = decided()
    own = party(restriction.organization, Role.AGENCY_AGENT)

    assert read(restriction).effects[2].note == "份数在有关采购开启报价后公布"
    told = decision_page(restriction, own, NOON).effects[2].note
    assert told == "贵单位失效的报价共 0 份"


def test_a_running_decision_has_no_outcome_and_says_how_long_it_runs():
    page = read(decided())

    assert (page.outcome, page.revocation) == (None, "")
    assert page.is_running
    assert page.term is not None
    assert page.term.text == "已执行 9 天，还有 356 天，到期自行终止。"


def test_a_decision_that_ran_out_says_so_without_alarm():
    restriction = decided()
    page = decision_page(restriction, None, restriction.effective_to)

    assert page.outcome is not None
    assert page.outcome.tone == ""
    assert page.outcome.text.endswith("到期，自行终止，不再有任何效力。")
    assert page.term is not None
    assert page.term.text == "已到期。"


@pytest.mark.parametrize(
    ("measure", "ends"),
    [
        ("freeze", "撤销，限制自那时起解除。决定作出时失效的报价不恢复。"),
        ("no_preference", "撤销，自那时起不再适用。"),
    ],
)
def test_a_revoked_decision_says_what_ends_and_why(measure, ends):
    restriction = decided(measure)
    revoke_case(case=restriction.case, reasons="事实<有误>。", by=UserFactory(), at=NOON - DAY)
    page = read(Restriction.objects.get())

    assert page.outcome is not None
    assert page.outcome.tone == "warn"
    assert page.outcome.text.endswith(ends)
    assert page.revocation.endswith("撤销。理由：事实&lt;有误&gt;。")
    assert not page.is_running


def test_a_decision_says_whether_the_agency_spoke():
    restriction = decided()

    assert read(restriction).statement.endswith("截止，机构没有陈述。")
    Case.objects.update(statement="没有。", stated_at=NOON - 20 * DAY)
    assert read(Restriction.objects.get()).statement.endswith("陈述、申辩。")


def test_the_way_to_the_case_and_the_names_are_for_those_concerned():
    restriction = decided()
    case = restriction.case
    own = party(restriction.organization, Role.AGENCY_AGENT)
    officer = party(case.authority, Role.REGULATOR)

    pages = [decision_page(restriction, reader, NOON) for reader in (None, own, officer)]

    assert [page.case_url for page in pages] == [
        "",
        f"/credit/record/cases/{case.slug}/",
        f"/regulator/cases/{case.slug}/",
    ]
    names = f"承办人 {case.opened_by}，决定人 {case.decided_by}。"
    assert [page.officers for page in pages] == ["", "", names]
