"""What credit brings to the workbench."""

from datetime import timedelta
from decimal import Decimal

import pytest

from credit.pages import asides, nav, todos
from tests.clock import NOON
from tests.factories.credit import (
    CaseFactory,
    EntryFactory,
    RestrictionFactory,
    active_agency,
)
from tests.factories.marketplace import (
    AuthorityFactory,
    Role,
    party,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


def entries(acting) -> list[tuple[str, int | None]]:
    return [(str(item.label), item.count) for item in nav(acting, NOON)]


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
