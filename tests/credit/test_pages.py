"""Credit in words: the workbench, the steps of a case, its age, what a signature stops."""

import pytest

from credit.models import Case
from credit.pages import nav
from credit.pages.cases import (
    case_steps,
    progress_of,
)
from credit.periods import restriction_end
from tests.clock import NOON
from tests.factories.credit import (
    CaseFactory,
    RestrictionFactory,
    active_agency,
    decision,
    notice,
)
from tests.factories.marketplace import (
    AuthorityFactory,
    BuyerFactory,
    Role,
    division,
    party,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def entries(acting) -> list[tuple[str, int | None]]:
    return [(str(item.label), item.count) for item in nav(acting, NOON)]


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


def test_a_warning_without_a_term_does_not_read_as_run_out():
    case = CaseFactory(ended=True, months=0, restriction_kind="warning")
    at = case.closed_at
    ends = {"kind": "warning", "effective_from": at, "effective_to": restriction_end(at, 0)}
    row = RestrictionFactory(case=case, organization=case.organization, **ends)

    assert case.get_status_display() == "已警示"
    assert words_of(case)[-1] == ("已警示", "now")
    assert progress_of(row, at).word == "已警示"


@pytest.mark.parametrize(
    ("state", "last"),
    [("dismissed", "不予处理"), ("revoked", "撤销"), ("ended", "已到期")],
)
def test_the_last_step_of_a_closed_case_is_how_it_ended(state, last):
    case = CaseFactory(**{state: True})
    if state != "dismissed":
        RestrictionFactory(case=case, organization=case.organization)

    assert words_of(case)[-1] == (last, "now")
