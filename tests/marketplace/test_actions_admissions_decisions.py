"""The officer's part: which submission was read, objections, namesakes found later."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from marketplace.actions import admissions as actions
from marketplace.guards.admissions import namesakes_to_rule_out
from marketplace.guards.versions import version_of_application
from marketplace.kernel.models import AuditEntry, Effect
from marketplace.kernel.verdicts import Refused
from marketplace.models import Agency, Message
from tests.clock import NOON
from tests.factories.credit import RestrictionFactory, active_agency
from tests.factories.marketplace import (
    AgencyFactory,
    MembershipFactory,
    ServiceClassFactory,
    UserFactory,
    file_papers,
)
from tests.marketplace.refusals import guards_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
S = Agency.Status
INSTANT = timedelta(microseconds=1)


# --- The submission that was read ---------------------------------------------------------------
@pytest.mark.parametrize(
    "decide",
    [actions.approve_admission, partial(actions.return_admission, reasons="退")],
    ids=["approve", "return"],
)
def test_nobody_decides_on_a_submission_they_have_not_read(decide: Callable[..., Agency]) -> None:
    agency = AgencyFactory(submitted=True, qualified_in=ServiceClassFactory())
    file_papers(agency)
    read, first, second = version_of_application(agency).token, UserFactory(), UserFactory()
    later = NOON + timedelta(hours=1)
    actions.return_admission(agency=agency, seen=read, reasons="缺地址", by=second, at=NOON)
    actions.change_agency(agency=agency, by=UserFactory(), at=NOON, office_address="新地址")
    actions.submit_admission(agency=agency, by=UserFactory(), at=later)
    known = AuditEntry.objects.count(), Message.objects.count()

    with pytest.raises(Refused) as refused:
        decide(agency=agency, seen=read, by=first, at=later)

    assert guards_of(refused) == ["nothing_has_changed_since"]
    agency.refresh_from_db()
    assert (agency.status, agency.checked_by) == (S.SUBMITTED, second)
    assert (AuditEntry.objects.count(), Message.objects.count()) == known
    seen = version_of_application(agency).token
    actions.approve_admission(agency=agency, seen=seen, by=first, at=later)


@pytest.mark.parametrize("read", ["", "2026-11-23", "x" * 100_000])
def test_a_decision_that_names_no_submission_is_refused(read: str) -> None:
    agency = AgencyFactory(submitted=True)

    with pytest.raises(Refused) as refused:
        actions.approve_admission(agency=agency, seen=read, by=UserFactory(), at=NOON)

    assert guards_of(refused) == ["page_says_what_was_seen"]


# --- Objections ---------------------------------------------------------------------------------
def test_an_objection_that_is_right_ends_the_publicity_and_tells_the_agency() -> None:
    agency, officer = AgencyFactory(publicity=True), UserFactory()
    member = MembershipFactory(organization=agency.organization).user

    actions.uphold_objection(agency=agency, reasons=" 证书已被注销 ", by=officer, at=NOON)

    agency.refresh_from_db()
    assert (agency.status, agency.return_reasons) == (S.RETURNED, "证书已被注销")
    assert (agency.checked_by, agency.checked_at) == (officer, NOON)
    assert (agency.publicity_ends_at, agency.activated_at) == (None, None)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.before, entry.after, entry.data) == (
        "agency.objection_upheld",
        officer,
        "publicity",
        "returned",
        {"reasons": "证书已被注销"},
    )
    message = Message.objects.get()
    assert (message.user, message.url) == (member, "/admission/")
    assert "公示期间有异议成立" in message.body
    assert "证书已被注销" in message.body
    assert Effect.objects.get().payload == {"message": message.pk}


def test_after_an_objection_the_agency_corrects_and_submits_again() -> None:
    agency = AgencyFactory(publicity=True, qualified_in=ServiceClassFactory())
    file_papers(agency)
    by, later = UserFactory(), NOON + timedelta(days=1)
    actions.uphold_objection(agency=agency, reasons="异议成立", by=UserFactory(), at=NOON)

    actions.change_agency(agency=agency, by=by, at=later, office_address="新地址")
    actions.submit_admission(agency=agency, by=by, at=later)

    agency.refresh_from_db()
    assert (agency.status, agency.submitted_at) == (S.SUBMITTED, later)


@pytest.mark.parametrize(
    ("state", "guard"),
    [
        ("submitted", "agency_is_in_publicity"),
        ("returned", "agency_is_in_publicity"),
        ("active", "agency_is_in_publicity"),
        ("withdrawn", "agency_is_in_publicity"),
    ],
)
def test_only_a_publicity_is_ended_by_an_objection(state: str, guard: str) -> None:
    agency = AgencyFactory(**{state: True})

    with pytest.raises(Refused) as refused:
        actions.uphold_objection(agency=agency, reasons="理由", by=UserFactory(), at=NOON)

    assert guards_of(refused) == [guard]
    agency.refresh_from_db()
    assert agency.status == state
    assert not AuditEntry.objects.exists()
    assert not Message.objects.exists()


def test_an_objection_needs_reasons_and_an_officer_of_another_house() -> None:
    agency, officer = AgencyFactory(publicity=True), UserFactory()
    MembershipFactory(user=officer, organization=agency.organization)

    with pytest.raises(Refused) as refused:
        actions.uphold_objection(agency=agency, reasons=" ", by=officer, at=NOON)

    assert guards_of(refused) == ["officer_is_independent", "reasons_are_given"]
    assert Agency.objects.get().status == S.PUBLICITY
    assert not AuditEntry.objects.exists()


def test_an_objection_is_upheld_until_the_end_and_not_from_it_on() -> None:
    agency = AgencyFactory(publicity=True)
    end = agency.publicity_ends_at

    with pytest.raises(Refused) as refused:
        actions.uphold_objection(agency=agency, reasons="晚了", by=UserFactory(), at=end)
    assert guards_of(refused) == ["publicity_runs_or_is_held"]
    assert Agency.objects.get().status == S.PUBLICITY

    actions.uphold_objection(agency=agency, reasons="在期内", by=UserFactory(), at=end - INSTANT)
    assert Agency.objects.get().status == S.RETURNED


# --- A namesake who was sanctioned during the publicity -----------------------------------------
def held_agency() -> Agency:
    """Make an agency whose publicity is over while a namesake's sanction runs."""
    agency = AgencyFactory(
        publicity=True, publicity_ends_at=NOON, organization__legal_representative="周敏"
    )
    sanction_on_a_namesake()
    return agency


def sanction_on_a_namesake() -> str:
    """Sanction another agency of the same representative and return the decision's number."""
    sanction = RestrictionFactory(organization=active_agency(legal_representative="周 敏"))
    return str(sanction.case.decision_number)


def test_a_sanction_that_came_during_the_publicity_stops_the_activation() -> None:
    agency = held_agency()

    with pytest.raises(Refused) as refused:
        actions.activate_agency(agency=agency, at=NOON)

    assert guards_of(refused) == ["representative_is_not_sanctioned"]
    agency.refresh_from_db()
    assert (agency.status, agency.activated_at) == (S.PUBLICITY, None)
    assert not AuditEntry.objects.exists()
    assert not Message.objects.exists()


def test_what_was_ruled_out_at_the_check_does_not_stop_the_activation() -> None:
    known = sanction_on_a_namesake()
    agency = AgencyFactory(submitted=True, organization__legal_representative="周敏")
    agency = actions.approve_admission(
        agency=agency,
        by=UserFactory(),
        at=NOON,
        ruled_out=[known],
    )

    actions.activate_agency(agency=agency, at=agency.publicity_ends_at)

    agency.refresh_from_db()
    assert agency.status == S.ACTIVE


def test_an_officer_rules_the_namesake_out_and_the_agency_is_activated() -> None:
    agency, officer = held_agency(), UserFactory()
    [known] = [one.reference for one in namesakes_to_rule_out(agency, NOON)]

    actions.rule_out_namesakes(agency=agency, ruled_out=["JX-1", known], by=officer, at=NOON)
    actions.activate_agency(agency=agency, at=NOON)

    agency.refresh_from_db()
    assert agency.status == S.ACTIVE
    entry = AuditEntry.objects.get(verb="agency.namesakes_ruled_out")
    assert (entry.by, entry.data) == (
        officer,
        {"not_the_namesake_of": [known]},
    )
    assert agency.namesakes_ruled_out == [known]


def test_a_check_rules_out_no_sanction_that_came_after_the_officer_had_looked() -> None:
    shown = sanction_on_a_namesake()
    agency = AgencyFactory(submitted=True, organization__legal_representative="周敏")
    later = sanction_on_a_namesake()
    act = partial(
        actions.approve_admission,
        agency=agency,
        by=UserFactory(),
        at=NOON,
    )

    with pytest.raises(Refused) as refused:
        act(ruled_out=[shown])
    [verdict] = refused.value.verdicts
    assert verdict.guard == "representative_is_not_sanctioned"
    assert later in verdict.refusal
    assert shown not in verdict.refusal
    agency.refresh_from_db()
    assert (agency.status, agency.namesakes_ruled_out) == (S.SUBMITTED, [])
    assert not AuditEntry.objects.exists()
    assert not Message.objects.exists()

    act(ruled_out=[later, "JX-1", shown])
    agency.refresh_from_db()
    assert (agency.status, agency.namesakes_ruled_out) == (S.PUBLICITY, [later, shown])
    assert AuditEntry.objects.get().data["not_the_namesake_of"] == [later, shown]


def test_a_publicity_goes_on_held_by_a_sanction_that_came_after_the_officer_had_looked() -> None:
    agency, officer = held_agency(), UserFactory()
    [shown] = [one.reference for one in namesakes_to_rule_out(agency, NOON)]
    later = sanction_on_a_namesake()

    with pytest.raises(Refused) as refused:
        actions.rule_out_namesakes(agency=agency, ruled_out=[shown], by=officer, at=NOON)
    [verdict] = refused.value.verdicts
    assert verdict.guard == "representative_is_not_sanctioned"
    assert later in verdict.refusal
    assert shown not in verdict.refusal
    agency.refresh_from_db()
    assert (agency.status, agency.namesakes_ruled_out) == (S.PUBLICITY, [])
    assert not AuditEntry.objects.exists()

    actions.rule_out_namesakes(agency=agency, ruled_out=[shown, later], by=officer, at=NOON)
    agency.refresh_from_db()
    assert agency.namesakes_ruled_out == [later, shown]


def test_ruling_out_needs_the_tick_a_namesake_and_a_publicity() -> None:
    agency, other, submitted = (
        held_agency(),
        AgencyFactory(publicity=True),
        AgencyFactory(submitted=True),
    )

    for one, ruled_out, guards in (
        (agency, [], ["representative_is_not_sanctioned"]),
        (other, ["JX-1"], ["namesake_waits_to_be_ruled_out"]),
        (submitted, ["JX-1"], ["agency_is_in_publicity", "namesake_waits_to_be_ruled_out"]),
    ):
        with pytest.raises(Refused) as refused:
            actions.rule_out_namesakes(agency=one, ruled_out=ruled_out, by=UserFactory(), at=NOON)
        assert guards_of(refused) == guards

    assert not AuditEntry.objects.exists()
    agency.refresh_from_db()
    assert agency.namesakes_ruled_out == []


def test_a_held_publicity_may_still_be_ended_after_its_time() -> None:
    agency = held_agency()

    actions.uphold_objection(
        agency=agency, reasons="是同一人", by=UserFactory(), at=NOON + timedelta(days=3)
    )

    agency.refresh_from_db()
    assert agency.status == S.RETURNED


def test_a_new_submission_is_compared_with_every_sanction_again() -> None:
    agency = AgencyFactory(
        returned=True, qualified_in=ServiceClassFactory(), namesakes_ruled_out=["JX-1"]
    )

    actions.submit_admission(agency=agency, by=UserFactory(), at=NOON)

    agency.refresh_from_db()
    assert agency.namesakes_ruled_out == []


def test_the_formal_check_keeps_whose_branch_an_agency_is() -> None:
    head = active_agency(name="江西丰源测绘有限公司")
    branch = AgencyFactory(submitted=True, organization__name="江西丰源测绘有限公司岳阳分公司")
    alone = AgencyFactory(submitted=True, organization__name="江西无总测绘有限公司岳阳分公司")

    for agency in (branch, alone):
        actions.approve_admission(agency=agency, by=UserFactory(), at=NOON)
        agency.organization.refresh_from_db()

    assert (branch.organization.head_office, alone.organization.head_office) == (head, None)
