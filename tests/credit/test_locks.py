"""
What locks keep whole when two officers, or an officer and the clock, act on one case at once.

Every test has its negative control: the same race with Django's select_for_update replaced by one
that does not lock. How a sanction races a bid and an opening: tests/bidding/test_locks.py.
"""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse
from django_fsm import ConcurrentTransition

from credit.actions import (
    close_statement,
    decide_case,
    decide_repair,
    dismiss_case,
    end_restriction,
    hear_statement,
    record_entry,
    revoke_case,
)
from credit.actions.lists import import_list
from credit.actions.schemes import load_scheme
from credit.models import Case, Entry, Finding, ListImport, ListKind, Restriction
from marketplace.actions.memberships import end_membership
from marketplace.actions.rulebook import pin_rulebook
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import Membership, Message, User
from tests.clock import NOON
from tests.connections import Act, Race, race
from tests.credit.vectors import SHIPPED
from tests.factories.credit import (
    GRACE,
    EntryFactory,
    RepairFactory,
    RestrictionFactory,
    active_agency,
    decision,
    notice,
    order_of,
)
from tests.factories.marketplace import (
    AuthorityFactory,
    MembershipFactory,
    Role,
    UserFactory,
    division,
    law_without_text,
    load_calendar,
    load_laws,
    load_rules,
    party,
)
from tests.senders import Sender

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
INSTANT = timedelta(microseconds=1)
DAY = timedelta(days=1)
REASONS = "事实清楚，证据充分。"


@pytest.fixture(autouse=True)
def _reference(transactional_db):
    load_rules()
    load_calendar()
    law_without_text("测试条例")


@pytest.fixture
def case() -> Case:
    """A case that was stated, of an agency that reads its messages."""
    case = notice(at=NOON - 2 * DAY)
    MembershipFactory(organization=case.organization)
    return hear_statement(case=case, statement="没有串通。", by=UserFactory(), at=NOON - DAY)


def refusal(error: BaseException | None) -> list[str]:
    return [verdict.guard for verdict in error.verdicts] if isinstance(error, Refused) else []


def decide(case: Case, by: User, at=NOON):
    return lambda: decide_case(case=case, reasons=REASONS, by=by, at=at)


def dismiss(case: Case, by: User, at=NOON):
    return lambda: dismiss_case(case=case, reasons=REASONS, by=by, at=at)


def was_stopped_without_a_reason(found: Race) -> bool:
    """
    Tell whether the second went on beside the first until the database stopped it.

    Behind the lock stand the machine and the constraints; whoever meets them is not told why.
    """
    stopped = isinstance(found.second.error, ConcurrentTransition | IntegrityError)
    return not found.waited and stopped


# --- two officers ---
@pytest.mark.parametrize("second", [decide, dismiss])
def test_of_two_officers_who_decide_at_once_the_second_is_told_why_not(is_locked, case, second):
    one, two = UserFactory(), UserFactory()

    found = race(decide(case, one), second(case, two))

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["case_is_open"] if is_locked else [])
    assert was_stopped_without_a_reason(found) is not is_locked
    case.refresh_from_db()
    assert (case.status, case.decided_by) == (Case.Status.DECIDED, one)
    assert Restriction.objects.count() == Entry.objects.count() == 1
    assert AuditEntry.objects.filter(verb="case.decided").count() == 1
    told = Message.objects.filter(organization=case.organization)
    assert told.filter(kind="credit/case_decided").count() == 1


def test_a_decision_behind_a_dismissal_imposes_nothing(is_locked, case):
    one, two = UserFactory(), UserFactory()

    found = race(dismiss(case, one), decide(case, two))

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["case_is_open"] if is_locked else [])
    assert was_stopped_without_a_reason(found) is not is_locked
    assert Case.objects.get().status == Case.Status.DISMISSED
    assert not Restriction.objects.exists()


def test_one_matter_becomes_one_case_when_two_authorities_find_it_at_once(is_locked):
    agency, by = active_agency(), UserFactory()
    here, above = AuthorityFactory(), AuthorityFactory(division=division("360000"))
    pin_rulebook(division=division("360000"), at=NOON)
    matter = {"organization": agency, "reference": order_of(agency).code, "by": by}

    found = race(
        lambda: notice(authority=here, **matter), lambda: notice(authority=above, **matter)
    )

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["matter_is_not_yet_a_case"] if is_locked else [])
    assert Case.objects.count() == (1 if is_locked else 2)


def test_two_revocations_lift_a_restriction_once(is_locked, case):
    decision(case, at=NOON)
    one, two = UserFactory(), UserFactory()

    def revoke(by: User):
        return lambda: revoke_case(case=case, reasons="事实有误。", by=by, at=NOON + DAY)

    found = race(revoke(one), revoke(two))

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["decision_stands"] if is_locked else [])
    assert was_stopped_without_a_reason(found) is not is_locked
    assert Case.objects.get().revoked_by == one
    assert Entry.objects.count() == 2


# --- an agency or an officer against the clock ---
def test_a_statement_under_way_at_the_deadline_is_heard_not_lapsed(is_locked):
    case, by = notice(), UserFactory()
    due = case.statement_due_at

    found = race(
        lambda: hear_statement(case=case, statement="没有串通。", by=by, at=due - INSTANT),
        lambda: close_statement(case=case, at=due + GRACE),
    )

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["case_awaits_a_statement"] if is_locked else [])
    assert was_stopped_without_a_reason(found) is not is_locked
    assert Case.objects.get().statement == "没有串通。"


def test_two_schedulers_at_once_close_a_statement_once(is_locked):
    case = notice()
    at = case.statement_due_at + GRACE

    found = race(
        lambda: close_statement(case=case, at=at), lambda: close_statement(case=case, at=at)
    )

    assert found.waited is is_locked
    assert refusal(found.second.error) == (["case_awaits_a_statement"] if is_locked else [])
    assert AuditEntry.objects.filter(verb="case.statement_lapsed").count() == 1


# --- the record ---
def test_a_fact_told_twice_at_once_is_recorded_once(is_locked):
    """Behind the lock of the agency stands the unique index: without the lock it refuses."""
    agency = active_agency()
    rulebook = pin_rulebook(division=division("360000"), at=NOON)

    def tell():
        return record_entry(
            organization=agency,
            kind="late_service",
            occurred_at=NOON,
            recorded_at=NOON,
            reference="JX360702-2026-C00001",
            rulebook=rulebook,
        )

    found = race(tell, tell)

    assert found.waited_for.startswith("SELECT" if is_locked else "INSERT")
    assert isinstance(found.second.error, IntegrityError) is not is_locked
    assert found.second.result == (found.first.result if is_locked else None)
    assert Entry.objects.count() == 1
    assert AuditEntry.objects.filter(verb="entry.recorded").count() == 1


def test_two_entries_at_one_moment_open_one_finding(is_locked):
    """Unlocked, each of them sees itself alone cross the threshold."""
    load_laws()
    load_scheme(text=SHIPPED, file="a.json", at=NOON)
    agency = EntryFactory(points=-30).organization
    rulebook = pin_rulebook(division=division("360000"), at=NOON)

    def tell(reference):
        return lambda: record_entry(
            organization=agency,
            kind="fee_raised",
            occurred_at=NOON,
            recorded_at=NOON,
            reference=reference,
            rulebook=rulebook,
        )

    found = race(tell("JX360702-2026-C00001"), tell("JX360702-2026-C00002"))

    assert found.waited is is_locked
    assert found.second.error is None
    assert Entry.objects.count() == 3
    assert Finding.objects.count() == (1 if is_locked else 2)


# --- lists, people and further decisions ---
def test_a_file_imported_twice_at_once_restricts_once():
    """The row of the list's counter lets one import wait for another."""
    agency = active_agency()
    AuthorityFactory(division=agency.division)
    head = "企业名称,统一社会信用代码,处罚文号,执法单位,公布日期,处罚截止日期"
    row = f"{agency.name},{agency.uscc},赣财罚1号,省财政厅,2026-05-01,2027-05-01"

    def bring():
        content = f"{head}\n{row}\n".encode()
        return import_list(
            content=content, kind=ListKind.PROCUREMENT, basis="《测试条例》", file="a.csv", at=NOON
        )

    found = race(bring, bring)

    assert found.waited_for.startswith("INSERT")
    assert found.second.error is None
    assert found.second.result.is_known
    assert ListImport.objects.count() == Restriction.objects.count() == 1


def test_a_repair_and_the_end_of_the_term_close_a_case_once(is_locked):
    restriction = RestrictionFactory(effective_from=NOON - 400 * DAY, effective_to=NOON)
    case, by = restriction.case, UserFactory()
    repair = RepairFactory(case=case)

    found = race(
        lambda: decide_repair(
            repair=repair, is_granted=True, reasons="已纠正。", by=by, at=NOON - INSTANT
        ),
        lambda: end_restriction(restriction=restriction, at=NOON),
    )

    assert found.waited is is_locked
    case.refresh_from_db()
    assert case.status == Case.Status.REPAIRED
    assert isinstance(found.second.error, Refused) is is_locked


# --- an officer whose role is taken away ---
def test_a_role_that_is_taken_while_the_form_is_open_decides_nothing(case: Case) -> None:
    """The form was opened as an officer; another connection ends the role before it is sent."""
    second = party(case.authority, Role.REGULATOR)
    manager = party(case.authority, Role.MANAGER).user
    client, url = Sender(), reverse("credit:case_decide", args=[case.slug])
    client.force_login(second.user, backend="marketplace.parties.PersonBackend")
    role = Membership.objects.get(user=second.user)
    with time_machine.travel(NOON, tick=False):
        form = client.get(url)
        assert form.status_code == 200
        seen = form.context["seen"]

        taken = Act(lambda: end_membership(membership=role, by=manager, at=NOON))
        taken.end()
        answer = client.post(url, {"reasons": REASONS, "seen": seen})

    assert taken.error is None
    assert answer.status_code in {302, 403, 404}
    case.refresh_from_db()
    assert (case.status, case.decided_by) == (Case.Status.STATED, None)
    assert not Restriction.objects.exists()
    assert not AuditEntry.objects.filter(verb="case.decided").exists()
