"""Who keeps the pool finds whom it registered, and nobody else's."""

from __future__ import annotations

import pytest

from bidding.pages.experts import counts_of, facts_of, kept, lines_of, tabs_of
from tests.factories.experts import ExpertFactory
from tests.factories.marketplace import AuthorityFactory, Role, division, party

pytestmark = pytest.mark.django_db


def test_an_officer_finds_the_experts_of_the_area_by_state_name_and_employer() -> None:
    here, other = (
        AuthorityFactory(division=division()),
        AuthorityFactory(division=division("360703")),
    )
    mine = ExpertFactory(office=here, name="王工", employer="某某研究院")
    ExpertFactory(office=here, name="李工")
    ExpertFactory(office=other, name="王工")
    officer = party(here, Role.OPERATOR)

    assert list(kept(officer, "active", "某某")) == [mine]
    assert [line.name for line in lines_of(list(kept(officer, "active", "王工")))] == ["王工"]
    assert [tab.count for tab in tabs_of(counts_of(officer), "active")] == [2, 0, 0]


def test_the_facts_say_term_and_how_often_somebody_was_drawn() -> None:
    facts = {str(fact.label): str(fact.value) for fact in facts_of(ExpertFactory())}

    assert facts["聘期"] == "2026-01-01 至 2026-12-31"
    assert facts["抽中和评分"] == "抽中 0 次，评分 0 次"
    assert facts["应当回避的其他单位"] == "没有"
