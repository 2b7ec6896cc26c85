"""What is offered on a case, by where it stands and who looks."""

from datetime import timedelta

import pytest

from credit.models import Case
from credit.pages.acts import officer_acts, own_acts
from tests.clock import NOON
from tests.factories.credit import CaseFactory, decision, notice
from tests.factories.marketplace import Role, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)


def offered(case, party, at, of=officer_acts):
    acts = of(case, party, at)
    return [(act.name, not act.failed) for act in acts.acts] if acts else None


def test_each_state_offers_its_own_acts(agency, authority):
    officer, manager = party(authority, Role.REGULATOR), party(authority, Role.MANAGER)
    hands = [("case_hand_over", True), ("case_recuse", True)]
    found = CaseFactory(found=True, authority=authority)
    asks = [("case_new", True), ("case_notify", False), ("case_aside", True)]
    assert offered(found, officer, NOON) == [*asks, *hands]
    acts = officer_acts(found, officer, NOON).acts
    assert [act.name for act in acts if act.kind == "primary"] == ["case_new", "case_notify"]

    case = notice(organization=agency, authority=authority)
    closed = [("case_decide", False), ("case_dismiss", False)]
    assert offered(case, officer, NOON) == [*closed, *hands]
    assert offered(case, manager, NOON) is None
    restriction = decision(case)
    case = Case.objects.with_details().get(pk=case.pk)
    at = restriction.effective_from + DAY

    assert offered(case, officer, at) is None
    assert offered(case, manager, at) == [("case_revoke", True)]
    speaker = party(agency, Role.AGENCY_MANAGER)
    assert offered(case, speaker, at, own_acts) == [("own_review", True), ("own_repair", False)]
    assert own_acts(case, party(agency, Role.AGENCY_AGENT), at) is None
