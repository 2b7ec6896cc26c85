"""Everything that the script names is put on stage, around the day it ends on."""

from datetime import date

import pytest
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX as UNUSABLE

from cms.demo.chance import Chance
from cms.demo.play import MARGIN, _stories, days_around
from cms.demo.script import FIRST_DAY, script
from cms.demo.world import World
from tests.factories.marketplace import load_calendar

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _calendar() -> None:
    load_calendar()


def test_the_days_reach_from_before_the_first_to_after_the_last_deadline() -> None:
    days = days_around(TODAY)

    assert days.today == days.day(0) == TODAY
    assert days.worked[0] == TODAY - MARGIN < days.day(FIRST_DAY)
    assert days.worked[-1] == date(2027, 7, 30)  # the Friday before TODAY + MARGIN, a Sunday


def test_every_authority_party_order_case_and_notice_has_its_story() -> None:
    plan = script()
    world = World(
        script=plan,
        chance=Chance("x"),
        days=days_around(TODAY),
        password_hash=UNUSABLE,
    )

    names = [story.gi_code.co_name for story in _stories(world)]  # type: ignore[attr-defined]

    assert {name: names.count(name) for name in names} == {
        "authority_is_set_up": len(plan.authorities),
        "authority_is_proposed": 1,
        "editor_is_appointed": 1,
        "department_has_its_section": 1,
        "notice_is_published": len(plan.notices),
        "item_is_explained": 1,
        "buyer_registers": len(plan.buyers),
        "agency_is_admitted": len(plan.agencies),
        "order_is_lived": len(plan.orders),
        "question_is_asked": 2,
        "case_takes_its_course": len(plan.cases),
        "dispute_takes_its_course": len(plan.disputes),
        "report_is_answered": len(plan.reports),
        "plan_is_carried_out": 2,
        "expert_is_registered": len(plan.experts),
        "catalogue_is_changed": 1,
        "register_is_changed": len(plan.changes),
        "practitioner_moves": len(plan.moves),
        "work_is_declared": len(plan.works),
        "officer_is_away": 1,
        "scheme_is_put_up": 1,
        "list_is_imported": 1,
        "addresses_are_known": 1,
        "messages_are_read": 1,
    }
