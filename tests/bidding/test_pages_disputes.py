"""What each reader is shown of a dispute, and who is named to whom."""

import pytest

from bidding.actions.disputes import file_dispute, go_unanswered
from bidding.guards.disputes import may_decide
from bidding.models import Dispute, DisputeRecusal, Matter, Tender
from bidding.models.dispute import ACTS_ON_AN_ORDER
from bidding.pages import disputes as pages
from marketplace.models import Membership
from marketplace.parties import Party
from tests.bidding.disputing import ANSWER_DUE, CHECKED, FACTS, FILED, REQUEST, World, world
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import Role, UserFactory, party
from tests.uploads import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def it() -> World:
    return world()


def test_the_filer_of_an_objection_to_a_notice_is_hidden_until_the_opening(it: World) -> None:
    tender = TenderFactory(active=True, division=it.operators.division)
    it.award.tender_id = tender.pk
    dispute = file_dispute(
        filing=it.filing(Matter.NOTICE),
        facts=FACTS,
        request=REQUEST,
        files=[upload()],
        by=it.by,
        at=NOON,
    )

    assert pages.filer_name(dispute, tender.buyer) == pages.HIDDEN_FILER
    assert pages.filer_name(dispute, it.filer) == it.filer.name
    assert pages.filer_name(dispute) == it.filer.name


def test_the_queues_show_what_waits_and_what_is_late(it: World) -> None:
    dispute = it.accepted()
    officer = Party(it.clerk, it.operators, frozenset({Role.OPERATOR}))
    owner = party(it.tender.buyer, Role.BUYER_MANAGER)

    tabs = pages.officer_tabs(pages.officer_counts(officer), pages.CHECK)
    counts = {str(tab.label): tab.count for tab in tabs}
    assert counts == {"待受理": 0, "待答复": 1, "待处理决定": 0, "待办结": 0, "已经办结": 0}
    rows = pages.officer_rows(officer, pages.WAITING)
    [line] = pages.officer_lines(list(rows), ANSWER_DUE)
    assert (line.is_late, line.due_at) == (True, ANSWER_DUE)
    assert pages.disputes_waiting_for(owner) == [dispute]
    assert pages.disputes_waiting_for(officer) == []
    assert [one.name for one in pages.officer_orders(pages.DONE)] == ["closed", "newest"]
    [own] = pages.own_lines(owner, CHECKED)
    assert (own.other, own.is_late) == (it.filer.name, False)


def test_an_officer_finds_what_they_may_decide(it: World) -> None:
    dispute = it.complaint_answered()

    for user, found in ((it.clerk, []), (it.other_clerk, [dispute])):
        officer = Party(user, it.operators, frozenset({Role.REGULATOR}))
        assert pages.disputes_waiting_for(officer) == found


def test_the_database_leaves_out_whom_the_guards_refuse(it: World) -> None:
    row = it.complaint_answered()
    by, tender = it.other_clerk, Tender.objects.filter(pk=it.tender.pk)

    def left() -> tuple[bool, bool]:
        found = Dispute.objects.with_relations().get(pk=row.pk)
        asked = Dispute.objects.filter(pk=row.pk).left_by_four_eyes(by.pk)
        return asked.exists(), all(one.holds for one in may_decide(found, by))

    assert left() == (True, True)
    for act in ACTS_ON_AN_ORDER:
        tender.update(**{act: by})
        assert left() == (False, False)
        tender.update(**{act: UserFactory()})
    for unit in (row.filer, row.respondent):
        party(unit, Role.BUYER_AGENT, user=by)
        assert left() == (False, False)
        Membership.objects.filter(user=by, organization=unit).delete()
    Dispute.objects.filter(pk=row.pk).update(checked_by=by)
    assert left() == (False, False)
    Dispute.objects.filter(pk=row.pk).update(checked_by=it.clerk)
    assert left() == (True, True)
    DisputeRecusal.objects.create(dispute=row, user=by, reasons="与提出单位有利害关系。", at=NOON)
    assert left() == (False, False)


def test_the_steps_say_that_an_answer_did_not_come(it: World) -> None:
    dispute = go_unanswered(dispute=it.accepted(), at=ANSWER_DUE)

    labels = [(str(step.label), str(step.note)) for step in pages.steps_of(dispute)]
    assert labels == [("提出", ""), ("受理", ""), ("答复", "期满没有答复"), ("办结", "")]


def test_the_order_says_for_what_it_stands_still(it: World) -> None:
    it.filed()

    section = pages.dispute_section(it.tender)

    assert (section.about, section.since) == ("关于选取结果的异议", FILED)
    assert not section.is_empty
