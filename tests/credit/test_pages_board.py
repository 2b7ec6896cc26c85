"""The board: a column for each step, what is overdue first, and the deadlines that were missed."""

from datetime import timedelta

import pytest

from credit.models.deadlines import CreditDeadline
from credit.pages.board import MOST, board_of, missed_in
from credit.pages.queues import late_cases
from marketplace.kernel.models import Deadline
from tests.clock import NOON
from tests.factories.credit import CaseFactory
from tests.factories.marketplace import AuthorityFactory, Role, UserFactory, division, party

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_columns_hold_the_area_s_cases_with_the_overdue_first_and_officers_find_their_own(client):
    officer = party(AuthorityFactory(division=division("360700")), Role.REGULATOR)
    own, colleague = officer.organization, UserFactory()
    fresh = CaseFactory(authority=own, stated=True, decision_due_at=NOON + 3 * DAY)
    late = CaseFactory(
        authority=own, stated=True, decision_due_at=NOON - DAY / 2, handled_by=colleague
    )
    CaseFactory(authority=own, found=True, handled_by=officer.user)
    CaseFactory(authority=AuthorityFactory(division=division("360103")), stated=True)

    found = board_of(officer, late_cases(officer, NOON), NOON, None)
    mine = board_of(officer, late_cases(officer, NOON), NOON, officer.user)

    assert [(one.name, one.count, one.late_count) for one in found] == [
        *(("found", 1, 0), ("statement", 0, 0), ("hearing", 0, 0)),
        *(("decision", 2, 1), ("remedy", 0, 0)),
    ]
    assert [(card.number, card.is_late) for card in found[3].cards] == [
        (late.number, True),
        (fresh.number, False),
    ]
    assert [one.count for one in mine] == [1, 0, 0, 0, 0]
    client.force_login(officer.user)
    page = client.get("/regulator/cases/board/").content.decode()
    assert page.index(late.number) < page.index(fresh.number)
    assert "已逾期 1 件" in page


def test_a_column_says_how_many_more_there_are_and_a_missed_deadline_stays_seen():
    officer = party(AuthorityFactory(division=division("360700")), Role.REGULATOR)
    cases = [CaseFactory(authority=officer.organization) for _each in range(MOST + 2)]
    decided = CaseFactory(authority=officer.organization, decided=True, decision_due_at=NOON)
    Deadline.objects.filter(object_id=decided.pk, kind=CreditDeadline.DECISION).update(
        stopped_at=NOON + DAY
    )

    statement = board_of(officer, frozenset(), NOON, None)[1]
    missed = missed_in(officer)

    assert (len(statement.cards), statement.more, len(cases)) == (MOST, 2, MOST + 2)
    assert [(one.case, one.step, one.due_at, one.done_at) for one in missed] == [
        (decided, "决定", NOON, NOON + DAY)
    ]
