"""What the clock does: each thing at its own deadline, however late the run is."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from credit.list_sources import NAMES
from credit.models import Case, ListFault, ListImport, Restriction
from credit.models.deadlines import CreditDeadline
from credit.pages.workbench import todos
from credit.schedule import due_work, take_over_lists
from marketplace.kernel.due import DUE_WORK, run_due
from marketplace.kernel.models import Parameter
from tests.bidding.refusals import snapshot
from tests.clock import NOON
from tests.credit.test_actions_lists import row, table
from tests.deadlines import next_act, run
from tests.factories.credit import (
    GRACE,
    CaseFactory,
    RestrictionFactory,
    active_agency,
    decision,
    notice,
    stored_rulebook,
)
from tests.factories.marketplace import (
    AuthorityFactory,
    MembershipFactory,
    Role,
    division,
    party,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
INSTANT = timedelta(microseconds=1)
DAY = timedelta(days=1)
STATEMENT, TERM = CreditDeadline.STATEMENT, CreditDeadline.TERM
DIFFERENT_EACH_TIME = {"id", "slug", "key", "payload", "recorded_at", "message_id"}
DIFFERENT_EACH_TIME |= {"entry", "digest"}  # of a witness: both follow from what differs


def test_the_deadlines_of_credit_are_part_of_all_that_is_due():
    assert due_work in DUE_WORK
    assert sorted(work.kind.name for work in due_work()) == sorted(CreditDeadline)
    acts = {work.kind.name: str(work.label) for work in due_work() if work.act}
    assert acts == {STATEMENT: "陈述申辩期满", TERM: "信用限制到期"}


def test_statements_lapse_a_grace_after_their_deadline_and_not_a_moment_before():
    case = notice()
    closed_at = case.statement_due_at + GRACE

    assert run(STATEMENT, closed_at - INSTANT) == 0
    assert run(STATEMENT, closed_at) == 1
    assert run(STATEMENT, closed_at) == 0
    assert Case.objects.get().status == Case.Status.STATED


def test_without_any_case_the_clock_asks_for_no_rule():
    Parameter.objects.all().delete()

    assert run(STATEMENT, NOON) == 0
    assert next_act(STATEMENT, NOON) is None


def test_restrictions_end_at_their_last_instant_and_not_a_moment_before():
    restriction = RestrictionFactory()

    assert run(TERM, restriction.effective_to - INSTANT) == 0
    assert run(TERM, restriction.effective_to) == 1
    assert run(TERM, restriction.effective_to) == 0
    assert Restriction.objects.get().ended_at == restriction.effective_to


def test_a_revoked_restriction_is_left_alone():
    RestrictionFactory(lifted_at=NOON + DAY)

    assert run(TERM, NOON + 900 * DAY) == 0


def test_the_next_deadline_is_the_first_one_after_the_moment():
    assert next_act(STATEMENT, NOON) is None
    assert next_act(TERM, NOON) is None
    first = CaseFactory(statement_due_at=NOON + DAY)
    CaseFactory(statement_due_at=NOON + 2 * DAY)
    CaseFactory(statement_due_at=NOON - GRACE)
    CaseFactory(stated=True, statement_due_at=NOON + DAY / 2)
    soon = RestrictionFactory(effective_from=NOON - DAY, effective_to=NOON + 3 * DAY)
    RestrictionFactory(effective_to=NOON + DAY, lifted_at=NOON)
    RestrictionFactory(effective_from=NOON - 2 * DAY, effective_to=NOON)

    assert next_act(STATEMENT, NOON) == first.statement_due_at + GRACE
    assert next_act(TERM, NOON) == soon.effective_to
    CaseFactory(statement_due_at=NOON - GRACE / 2)
    assert next_act(STATEMENT, NOON) == NOON + GRACE / 2


def rows_written() -> dict[str, list[str]]:
    """Every row of ours in any order, without what differs from one run to the next."""
    return {
        model: sorted(
            str({name: value for name, value in row.items() if name not in DIFFERENT_EACH_TIME})
            for row in rows
        )
        for model, rows in snapshot("Effect", "PublicChange").items()
    }


def test_a_late_run_leaves_the_same_rows_as_timely_ones(answering):
    answering(DUE_WORK.answer(due_work))
    agency, authority = active_agency(), AuthorityFactory()
    for organization in (agency, authority):
        MembershipFactory(organization=organization)
    lapsing = notice(organization=agency, authority=authority)
    ending = decision(notice(at=NOON - 400 * DAY), at=NOON - 380 * DAY)
    deadlines = sorted([lapsing.statement_due_at + GRACE, ending.effective_to])
    last = deadlines[-1] + 30 * DAY

    with transaction.atomic():
        for deadline in deadlines:
            run_due(deadline)
        run_due(last)
        timely = rows_written()
        transaction.set_rollback(True)
    run_due(last)

    assert rows_written() == timely
    assert {case.status for case in Case.objects.all()} == {"stated", "ended"}


def test_one_row_that_fails_does_not_hold_up_the_others():
    first, second = notice(), notice()
    Case.objects.filter(pk=first.pk).update(rulebook=stored_rulebook())

    assert run(STATEMENT, second.statement_due_at + GRACE) == 1
    assert [*Case.objects.order_by("pk").values_list("status", flat=True)] == [
        "notified",
        "stated",
    ]


def test_a_restriction_ends_by_its_date_when_nobody_ran_anything():
    restriction = RestrictionFactory()

    assert not Restriction.objects.in_force(restriction.effective_to).exists()
    assert next_act(TERM, restriction.effective_to) is None


def test_the_schedule_and_an_officer_do_not_do_the_same_twice():
    case = notice()
    decision(case, at=case.statement_due_at + GRACE)

    assert run(STATEMENT, case.statement_due_at + GRACE) == 0


# --- The lists of others ---
def test_each_night_takes_over_what_has_changed_and_leaves_what_is_wrong(
    agency, authority, settings, tmp_path
):
    settings.EXCHANGE_DIR = tmp_path
    entry = settings.CELERY_BEAT_SCHEDULE["take-over-lists"]
    assert entry["task"] == take_over_lists.name
    (tmp_path / "ban.csv").write_bytes(table(row(agency)))
    told = {"file": "ban.csv", "basis": "《测试条例》"}
    lists = {
        "listed_tax_breach": told,
        "no_list": told,
        "listed_judgment_debtor": told | {"basis": "平台默认"},
        "listed_procurement_breach": told,
    }
    (tmp_path / NAMES).write_text(json.dumps(lists), encoding="utf-8")

    take_over_lists()
    take_over_lists()

    assert [one.kind for one in ListImport.objects.all()] == ["listed_procurement_breach"]
    assert Restriction.objects.get().organization == agency
    (tmp_path / NAMES).write_text("{", encoding="utf-8")
    take_over_lists()
    assert ListImport.objects.count() == 1


def test_what_could_not_be_taken_over_is_shown_to_the_province_until_it_is(
    agency, settings, tmp_path
):
    settings.EXCHANGE_DIR = tmp_path
    regulator = party(AuthorityFactory(division=division("360000")), Role.REGULATOR)
    told = {"file": "ban.csv", "basis": "《测试条例》"}
    (tmp_path / "ban.csv").write_bytes("企业名称\n".encode())
    named = {"listed_procurement_breach": told, "no_list": told}
    (tmp_path / NAMES).write_text(json.dumps(named), encoding="utf-8")

    with time_machine.travel(NOON, tick=False):
        take_over_lists()
    with time_machine.travel(NOON + DAY, tick=False):
        take_over_lists()

    found = [(one.kind, one.since, one.failed_at) for one in ListFault.objects.standing()]
    assert found == [(kind, NOON, NOON + DAY) for kind in named]
    assert "ban.csv 第 1 行" in ListFault.objects.first().why
    assert [todo.subject for todo in todos(regulator, NOON)] == [
        "政府采购严重违法失信行为记录名单 ban.csv",
        "no_list ban.csv",
    ]
    (tmp_path / "ban.csv").write_bytes(table(row(agency)))
    (tmp_path / NAMES).write_text(json.dumps({"listed_procurement_breach": told}), "utf-8")
    take_over_lists()
    assert [one.kind for one in ListFault.objects.standing()] == ["no_list"]


def test_a_source_that_does_not_answer_is_shown_until_it_does(settings, tmp_path):
    settings.EXCHANGE_DIR = tmp_path
    (tmp_path / NAMES).write_text("{", encoding="utf-8")

    take_over_lists()
    assert [one.list_name for one in ListFault.objects.standing()] == ["名单来源"]
    (tmp_path / NAMES).unlink()
    take_over_lists()

    assert not ListFault.objects.standing().exists()
