"""A kind of conduct is data, and keeps its name."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from credit.actions.schemes import load_scheme
from credit.in_force import NoPointsInRulebook, breaches_at, kind_under
from credit.models import Entry, SchemeProposal, name_of_kind
from marketplace.actions.rulebook import pin_rulebook
from tests.clock import NOON
from tests.credit.vectors import SHIPPED, next_version
from tests.factories.credit import notice
from tests.factories.marketplace import UserFactory, division, load_laws

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def test_a_kind_that_nobody_has_loaded_is_its_code():
    assert name_of_kind("collusion") == "串通报价"
    assert name_of_kind("gone") == "gone"


def test_k5_04_a_new_kind_of_conduct_is_a_row_of_data_from_its_day_on():
    load_laws()
    rulebook = pin_rulebook(division=division("360000"), at=NOON)
    load_scheme(text=SHIPPED, file="a.json", at=NOON)
    load_scheme(text=next_version(), file="b.json", at=NOON)
    tomorrow = NOON + timedelta(days=1)

    assert "grave_quality" not in breaches_at(NOON)
    with pytest.raises(NoPointsInRulebook):
        kind_under(rulebook, "grave_quality", NOON)
    assert kind_under(rulebook, "grave_quality", tomorrow).points == -20
    assert name_of_kind("grave_quality") == "报告存在严重质量问题"
    case = notice(kind="grave_quality", at=tomorrow + timedelta(hours=2))
    assert case.get_kind_display() == "报告存在严重质量问题"
    assert not Entry.objects.exists()


def test_the_database_keeps_two_next_versions_apart():
    facts = {"content": "{}", "file_name": "a.json", "reason": "甲", "proposed_at": NOON}
    first = SchemeProposal.objects.create(**facts, proposed_by=UserFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        SchemeProposal.objects.create(**facts, proposed_by=UserFactory())

    first.settle(at=NOON, by=UserFactory(), scheme=None)
    first.save()

    SchemeProposal.objects.create(**facts, proposed_by=UserFactory())
    assert (SchemeProposal.objects.count(), SchemeProposal.objects.open().count()) == (2, 1)
