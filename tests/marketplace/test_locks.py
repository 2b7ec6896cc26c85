"""
What locks keep whole when two people, or a person and the clock, act on one party at once.

Every test of a lock has its negative control: the same race with Django's select_for_update
replaced by one that does not lock.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django_fsm import ConcurrentTransition

from marketplace.actions.admissions import (
    activate_agency,
    add_practitioner,
    approve_admission,
    change_agency,
    return_admission,
)
from marketplace.actions.memberships import end_membership
from marketplace.actions.proposals import confirm_rule, propose_rules
from marketplace.actions.registration import change_buyer, register_agency
from marketplace.actions.rulebook import pin_rulebook
from marketplace.kernel.effects import EFFECT_HANDLERS, EffectHandler, carry_out, enqueue
from marketplace.kernel.models import AuditEntry, Parameter, RulebookVersion
from marketplace.kernel.verdicts import Refused
from marketplace.models import (
    Agency,
    Membership,
    Organization,
    Practitioner,
    RuleProposal,
)
from marketplace.reference import Parameter as ParameterRow
from tests.clock import NOON
from tests.connections import race
from tests.factories.marketplace import (
    AgencyFactory,
    BuyerFactory,
    MembershipFactory,
    OrganizationFactory,
    UserFactory,
    division,
    load_calendar,
    load_rules,
    valid_uscc,
)

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
handled: list[str] = []


def handle(payload: Mapping[str, Any]) -> None:
    """Carry out an effect of these tests."""
    handled.append(payload["word"])


def call(payload: Mapping[str, Any]) -> None:
    """Carry out an effect of these tests that pretends to talk to another server."""
    handle(payload)


@pytest.fixture(autouse=True)
def _reference(transactional_db, answering) -> None:
    own = [EffectHandler("handle", handle), EffectHandler("call", call, is_external=True)]
    answering(EFFECT_HANDLERS.answer(*EFFECT_HANDLERS, *own))
    handled.clear()
    load_rules()
    load_calendar()


def refusal(error: BaseException | None) -> list[str]:
    return [verdict.guard for verdict in error.verdicts] if isinstance(error, Refused) else []


def test_two_officers_deciding_at_once_make_one_decision(is_locked: bool) -> None:
    agency, first, second = AgencyFactory(submitted=True), UserFactory(), UserFactory()

    outcome = race(
        lambda: approve_admission(agency=agency, by=first, at=NOON),
        lambda: return_admission(agency=agency, reasons="缺编号", by=second, at=NOON),
    )

    assert Agency.objects.get().status == Agency.Status.PUBLICITY
    assert [*AuditEntry.objects.values_list("verb", flat=True)] == ["agency.approved"]
    assert outcome.waited is is_locked
    if is_locked:
        assert refusal(outcome.second.error) == ["admission_awaits_check"]
    else:
        assert isinstance(outcome.second.error, ConcurrentTransition)


def test_two_schedulers_at_once_activate_an_agency_once(is_locked: bool) -> None:
    agency = AgencyFactory(publicity=True)
    end = agency.publicity_ends_at

    outcome = race(
        lambda: activate_agency(agency=agency, at=end),
        lambda: activate_agency(agency=agency, at=end),
    )

    assert Agency.objects.get().activated_at == end
    assert AuditEntry.objects.count() == 1
    assert outcome.waited is is_locked
    if is_locked:
        assert refusal(outcome.second.error) == ["agency_is_in_publicity"]
    else:
        assert isinstance(outcome.second.error, ConcurrentTransition)


def test_two_managers_ending_each_other_at_once_leave_one(is_locked: bool) -> None:
    organization = BuyerFactory().organization
    one, other = (
        MembershipFactory(organization=organization, role=Membership.Role.BUYER_MANAGER)
        for _manager in range(2)
    )

    outcome = race(
        lambda: end_membership(membership=one, by=other.user, at=NOON),
        lambda: end_membership(membership=other, by=one.user, at=NOON),
    )

    assert outcome.waited is is_locked
    left = Membership.objects.active().count()
    if is_locked:
        assert refusal(outcome.second.error) == ["organization_keeps_a_manager"]
        assert left == 1
    else:
        assert left == 0


def test_two_pins_of_the_same_values_at_once_are_one_version() -> None:
    province = division("360000")

    outcome = race(
        lambda: pin_rulebook(division=province, at=NOON),
        lambda: pin_rulebook(division=province, at=NOON),
    )

    assert outcome.second.result == outcome.first.result == RulebookVersion.objects.get()


def test_two_workers_at_once_carry_out_an_effect_once(is_locked: bool) -> None:
    effect = enqueue(kind="handle", key="1", payload={"word": "a"}, due_at=NOON)

    outcome = race(lambda: carry_out(effect.pk), lambda: carry_out(effect.pk))

    assert outcome.first.result is True
    assert not outcome.waited
    if is_locked:
        assert outcome.second.result is False
        assert handled == ["a"]
    else:
        assert handled == ["a", "a"]


def test_two_workers_at_once_call_outside_once_for_the_lease_is_one_statement() -> None:
    effect = enqueue(kind="call", key="1", payload={"word": "a"}, due_at=NOON)

    outcome = race(lambda: carry_out(effect.pk), lambda: carry_out(effect.pk))

    assert (outcome.first.result, outcome.second.result) == (True, False)
    assert outcome.waited_for.startswith("UPDATE")
    assert handled == ["a"]


def test_the_same_credit_code_at_once_is_registered_once() -> None:
    place, by, uscc = division(), UserFactory(), valid_uscc(900)

    outcome = race(
        lambda: register_agency(name="甲", uscc=uscc, division=place, by=by, at=NOON),
        lambda: register_agency(name="乙", uscc=uscc, division=place, by=by, at=NOON),
    )

    assert refusal(outcome.second.error) == ["uscc_is_new"]
    assert [*Organization.objects.values_list("name", flat=True)] == ["甲"]


@pytest.mark.parametrize("make", ["agency", "buyer"])
def test_the_same_credit_code_at_once_is_changed_to_once(make: str) -> None:
    by, uscc = UserFactory(), valid_uscc(901)

    def change() -> Callable[[], object]:
        if make == "buyer":
            unit = BuyerFactory().organization
            return lambda: change_buyer(organization=unit, uscc=uscc, by=by, at=NOON)
        agency = AgencyFactory(organization=OrganizationFactory())
        return lambda: change_agency(agency=agency, uscc=uscc, by=by, at=NOON)

    first, second = change(), change()
    outcome = race(first, second)

    assert outcome.first.error is None
    assert refusal(outcome.second.error) == ["uscc_is_new"]
    assert Organization.objects.filter(uscc=uscc).count() == 1
    assert AuditEntry.objects.filter(verb=f"{make}.changed").count() == 1


def test_the_same_professional_at_once_is_entered_once() -> None:
    by = UserFactory()
    one, other = (AgencyFactory(organization=OrganizationFactory()) for _agency in range(2))

    def enter(agency: Agency):
        return lambda: add_practitioner(
            agency=agency,
            by=by,
            at=NOON,
            name="王",
            certificate_name="师",
            certificate_number="CS-1",
        )

    outcome = race(enter(one), enter(other))

    assert refusal(outcome.second.error) == ["practitioner_is_new"]
    assert Practitioner.objects.get().agency == one


def test_of_two_managers_who_confirm_one_value_at_once_one_is_refused(is_locked: bool) -> None:
    row = ParameterRow(
        key="invitation.life",
        value=9,
        unit="calendar_day",
        legal_basis="平台默认",
        source_note="",
        in_force_from=date(2027, 1, 1),
        scope="360000",
        line=1,
    )
    [proposal] = propose_rules(rows=[row], by=UserFactory(), at=NOON)
    one, other = UserFactory(), UserFactory()

    outcome = race(
        lambda: confirm_rule(proposal=proposal, by=one, at=NOON),
        lambda: confirm_rule(proposal=proposal, by=other, at=NOON),
    )

    assert outcome.waited is is_locked
    assert outcome.first.error is None
    [stored] = Parameter.objects.filter(key="invitation.life", in_force_from=date(2027, 1, 1))
    assert (stored.value, stored.unit) == (9, "calendar_day")
    assert RuleProposal.objects.get().settled_by == one
    assert AuditEntry.objects.filter(verb="rule.confirmed").count() == 1
    assert refusal(outcome.second.error) == (["proposal_is_open"] if is_locked else [])
    # Behind the lock stands the constraint, which tells nobody why.
    assert isinstance(outcome.second.error, IntegrityError) is not is_locked
