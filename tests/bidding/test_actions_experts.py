"""The pool: who is entered, suspended, taken back and removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bidding.actions.experts import Particulars, move_expert, register_expert
from bidding.actions.sealing import SeedForeseen
from bidding.models import Expert
from marketplace.identifiers import person_key
from marketplace.kernel.models import AuditEntry
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.experts import ExpertFactory
from tests.factories.marketplace import (
    AuthorityFactory,
    Role,
    ServiceClassFactory,
    UserFactory,
    division,
    party,
    valid_uscc,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
NUMBER = "11010519491231002X"


def particulars(**changed) -> tuple:
    office = AuthorityFactory()
    given = Particulars(
        user=party(office, Role.EXPERT).user,
        name="王工",
        title="高级工程师",
        specialties=[ServiceClassFactory()],
        division=division(),
        employer="某某研究院",
        employer_uscc=valid_uscc(5),
        identity_number=NUMBER,
        serves_from=date(2026, 1, 1),
        serves_until=date(2026, 12, 31),
        ties=[("family", valid_uscc(6))],
    )
    return office, replace(given, **changed)


def test_the_demo_alone_says_which_code_an_expert_gets(settings) -> None:
    office, given = particulars()
    asked = {"office": office, "particulars": given, "by": UserFactory(), "at": NOON}

    with pytest.raises(SeedForeseen):
        register_expert(**asked, demo_seed=bytes(range(32)))
    assert not Expert.objects.exists()

    settings.DEMO = True
    assert register_expert(**asked, demo_seed=bytes(range(32))).slug == "23456789abcd"


def test_an_expert_is_entered_with_a_key_and_without_the_identity_number(settings) -> None:
    office, given = particulars()

    expert = register_expert(office=office, particulars=given, by=UserFactory(), at=NOON)

    stored = Expert.objects.get(pk=expert.pk)
    assert stored.person_key == person_key(NUMBER, settings.IDENTITY_KEY)
    assert NUMBER not in str(Expert.objects.values().get()) + str(AuditEntry.objects.values())
    assert [tie.uscc for tie in stored.ties.all()] == [valid_uscc(6)]
    assert list(stored.specialties.all()) == given.specialties


@pytest.mark.parametrize(
    ("changed", "guard"),
    [
        ({"specialties": []}, "expert_has_a_specialty"),
        ({"serves_until": date(2025, 12, 31)}, "term_is_a_period"),
        ({"employer_uscc": "91360700X"}, "codes_are_right"),
        ({"identity_number": "110105194912310021"}, "identity_number_is_right"),
    ],
)
def test_wrong_particulars_are_refused_and_nothing_is_stored(changed: dict, guard: str) -> None:
    (office, given), officer = particulars(**changed), UserFactory()

    with refused(guard):
        register_expert(office=office, particulars=given, by=officer, at=NOON)

    assert not Expert.objects.exists()


def test_only_a_member_who_took_the_role_is_entered_and_only_once() -> None:
    (office, given), officer = particulars(), UserFactory()
    stranger = replace(given, user=party(office, Role.OPERATOR).user)
    register_expert(office=office, particulars=given, by=officer, at=NOON)

    with refused("person_is_an_expert_of_the_office"):
        register_expert(office=office, particulars=stranger, by=officer, at=NOON)
    with refused("person_is_not_registered"):
        register_expert(office=office, particulars=given, by=officer, at=NOON)


def test_an_expert_is_suspended_taken_back_and_removed_for_good() -> None:
    expert = ExpertFactory()
    officer = UserFactory()

    def move(status: str, reasons: str = "") -> Expert:
        return move_expert(expert=expert, status=status, reasons=reasons, by=officer, at=NOON)

    with refused("status_has_reasons"):
        move("suspended")
    assert move("suspended", "申请休假。").status_reasons == "申请休假。"
    assert move("active").status_reasons == ""
    assert move("removed", "聘期内违纪。").status == Expert.Status.REMOVED
    with refused("expert_is_in_the_pool"):
        move("active")
