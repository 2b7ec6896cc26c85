"""A fact that somebody reports is nobody's business until it counts."""

from datetime import timedelta

import pytest

from credit.actions import judge_fact, report_fact
from credit.models import ReportedFact
from tests.clock import NOON
from tests.factories.bidding import rulebook
from tests.factories.credit import active_agency
from tests.factories.marketplace import AuthorityFactory, Role, party
from tests.public import moves

pytestmark = pytest.mark.django_db


def test_a_fact_is_public_once_it_has_been_judged_to_count() -> None:
    unit, rules = active_agency(), rulebook()
    officer = party(AuthorityFactory(division=unit.division), Role.REGULATOR).user

    def report() -> None:
        report_fact(
            organization=unit,
            kind="abandonment",
            occurred_at=NOON,
            reference="JX360702-2026-00009",
            rulebook=rules,
            given_reasons="x",
        )

    def judge() -> None:
        fact, at = ReportedFact.objects.latest("pk"), NOON + timedelta(days=1)
        judge_fact(fact=fact, is_excused=False, reasons="x", by=officer, at=at)

    assert not moves(report)
    assert moves(judge)
    reported = ReportedFact.objects.latest("pk")
    assert moves(lambda: ReportedFact.objects.filter(pk=reported.pk).update(given_reasons="y"))
