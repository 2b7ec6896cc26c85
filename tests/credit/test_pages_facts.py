"""Facts and corrections that wait in an officer's area."""

from decimal import Decimal

import pytest

from credit.actions import propose_correction, report_fact
from credit.in_force import province
from credit.pages.facts import correction_facts, corrections_for, facts_of, reported_for
from marketplace.actions.rulebook import pin_rulebook
from tests.clock import NOON
from tests.factories.credit import EntryFactory
from tests.factories.marketplace import AuthorityFactory, Role, UserFactory, division, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def test_what_waits_is_seen_where_the_unit_is_registered(agency, authority):
    elsewhere = AuthorityFactory(division=division("360100"))
    rulebook = pin_rulebook(division=province(), at=NOON)
    fact = report_fact(
        organization=agency,
        kind="abandonment",
        occurred_at=NOON,
        reference="JX360702-2026-00001",
        rulebook=rulebook,
        given_reasons="负责人突发疾病。",
    )
    entry = EntryFactory(organization=agency)
    correction = propose_correction(
        entry=entry, points=Decimal(0), note="误记", by=UserFactory(), at=NOON
    )

    seen = [party(one, Role.REGULATOR) for one in (authority, elsewhere)]
    assert [list(reported_for(one)) for one in seen] == [[fact], []]
    assert [list(corrections_for(one)) for one in seen] == [[correction], []]
    assert "负责人突发疾病。" in {str(one.value) for one in facts_of(fact)}
    assert "误记" in {str(one.value) for one in correction_facts(correction)}
