"""A panel is drawn out of the frozen pool, gives way in the order of the draw, and decides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bidding.actions.experts import move_expert
from bidding.actions.panels import (
    accept_seat,
    bar_seat,
    decline_seat,
    keep_sheet,
    lapse_seat,
    submit_sheet,
)
from bidding.actions.tenders import evaluate_tender
from bidding.models import Choice, Expert, ExpertPool, PanelDraw, PanelFailure, PanelSeat, Tender
from bidding.selection import scoring
from docs import verify_draw, verify_scores
from marketplace.kernel.verdicts import Refused
from marketplace.models import Message
from tests.bidding.openings import evidence_of
from tests.bidding.refusals import failing
from tests.factories.bidding import DEADLINE, OPENING
from tests.factories.experts import (
    ACCEPTED_AT,
    COMMENT,
    SCORED_AT,
    accepted,
    points_of,
    pool,
    scored,
    scored_order,
    seated_order,
)
from tests.factories.marketplace import Role, UserFactory, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def seats_of(tender: Tender) -> list[PanelSeat]:
    return list(PanelSeat.objects.of_round(tender))


def states_of(tender: Tender) -> list[str]:
    return [seat.status for seat in seats_of(tender)]


def order_of(tender: Tender) -> list[str]:
    """Return the codes in the order of the draw."""
    order: list[str] = PanelDraw.objects.get(tender=tender).content["order"]
    return order


def test_the_pool_is_frozen_when_the_sign_up_ends_and_later_experts_are_not_drawn() -> None:
    tender = scored_order(experts=6)
    frozen = ExpertPool.objects.get(tender=tender)
    late = pool(tender, 3)

    evaluate_tender(tender=tender, at=OPENING)

    assert frozen.frozen_at == DEADLINE
    assert len(frozen.codes) == 6
    assert not {one.slug for one in late} & set(order_of(tender))
    assert PanelDraw.objects.get().content["pool"] == frozen.codes


def test_five_are_invited_in_the_order_of_the_draw_and_told() -> None:
    tender = seated_order()

    seats = seats_of(tender)
    assert [seat.expert.slug for seat in seats] == order_of(tender)[:5]
    assert states_of(tender) == ["invited"] * 5
    told = Message.objects.filter(kind="bidding/panel_invited").values_list("user", flat=True)
    assert set(told) == {seat.expert.user_id for seat in seats}
    assert not Choice.objects.exists()


def test_people_of_owner_and_bidders_are_left_out_with_their_reasons() -> None:
    tender = scored_order(experts=9)
    members = list(Expert.objects.order_by("pk")[:4])
    party(tender.buyer, Role.BUYER_AGENT, user=members[0].user)
    agency = tender.bids.order_by("pk")[0].agency
    Expert.objects.filter(pk=members[1].pk).update(employer_uscc=agency.uscc)
    members[2].ties.create(kind="holding", uscc=agency.uscc)
    move_expert(
        expert=members[3], status="suspended", reasons="申请休假。", by=UserFactory(), at=OPENING
    )

    evaluate_tender(tender=tender, at=OPENING)

    found = PanelDraw.objects.get(tender=tender).content
    assert {one["code"]: one["reason"] for one in found["left_out"]} == {
        members[0].slug: "owner",
        members[1].slug: "bidder",
        members[2].slug: "bidder",
        members[3].slug: "not_serving",
    }
    assert len(found["order"]) == 5


def test_without_enough_experts_nothing_is_opened_and_another_method_may_follow() -> None:
    tender = scored_order(experts=5)
    one = Expert.objects.order_by("pk")[0]
    party(tender.buyer, Role.BUYER_AGENT, user=one.user)

    evaluate_tender(tender=tender, at=OPENING)

    tender = Tender.objects.get(pk=tender.pk)
    assert tender.status == Tender.Status.UNSUCCESSFUL
    assert tender.evaluated_at is None
    assert tender.end_reasons == "可以抽取的专家不足，组不成 5 人的评审小组"
    assert PanelFailure.objects.filter(tender=tender).count() == 1
    assert not PanelSeat.objects.exists()


def test_who_declines_is_followed_by_the_next_in_the_draw() -> None:
    tender = seated_order()
    first = seats_of(tender)[0]

    decline_seat(
        seat=first, reasons="出差在外。", by=first.expert.user, at=OPENING + timedelta(minutes=5)
    )

    assert states_of(tender) == ["declined", *["invited"] * 5]
    assert [seat.expert.slug for seat in seats_of(tender)] == order_of(tender)[:6]


@pytest.mark.parametrize("takes_it", [False, True])
def test_who_lets_a_deadline_pass_is_followed_by_the_next(takes_it: bool) -> None:
    tender = seated_order()
    first = seats_of(tender)[0]
    if takes_it:
        first = accepted(first)
    end = first.sheet_due_at if takes_it else first.answer_due_at
    assert end is not None

    lapse_seat(seat=first, at=end)

    assert states_of(tender) == ["lapsed", *["invited"] * 5]
    assert seats_of(tender)[5].invited_at == end


def test_when_nobody_is_left_the_order_fails_and_the_others_are_let_go() -> None:
    tender = seated_order(experts=5)
    first, second, *_others = seats_of(tender)
    accepted(second)

    decline_seat(seat=first, reasons="出差。", by=first.expert.user, at=ACCEPTED_AT)

    tender = Tender.objects.get(pk=tender.pk)
    assert tender.status == Tender.Status.UNSUCCESSFUL
    assert states_of(tender) == ["declined", *["released"] * 4]
    assert PanelFailure.objects.filter(tender=tender).exists()


def test_an_interest_that_is_found_takes_the_sheet_with_it() -> None:
    tender = seated_order()
    first = scored(seats_of(tender)[0])

    bar_seat(seat=first, reasons="配偶在报名机构任职。", by=UserFactory(), at=SCORED_AT)

    assert states_of(tender) == ["barred", *["invited"] * 5]
    assert not Choice.objects.exists()


def test_the_last_sheet_decides_and_anybody_recomputes_it() -> None:
    tender = seated_order()
    seats = seats_of(tender)
    decline_seat(seat=seats[0], reasons="出差。", by=seats[0].expert.user, at=ACCEPTED_AT)
    sitting = seats_of(tender)[1:]
    for seat in sitting[:-1]:
        scored(seat, (60, 60), (100, 90))
    assert not Choice.objects.exists()

    scored(sitting[-1], (60, 60), (100, 90))

    choice = Choice.objects.get(tender=tender)
    document, evidence = choice.document, evidence_of(tender)
    # 0.3 × 88.8889 + 0.1 × 100 + 0.4 × 100 + 0.2 × 90
    assert document["scores"][0]["total"] == "94.6667"
    assert choice.bid.agency.uscc == document["winner"] == evidence["ranking"][1]["uscc"]
    assert choice.chosen_by is None
    assert [one["by"] for one in document["sheets"]] == [seat.expert.name for seat in sitting]
    assert document["seats"][0] == {"code": seats[0].expert.slug, "fate": "declined", "name": ""}
    assert list(scoring.flaws(evidence, document)) == []
    assert verify_draw.verify(evidence) == []
    assert list(verify_scores.scored(evidence, document)) == []


def test_a_sheet_with_a_missing_score_is_refused_by_name_and_the_draft_stays() -> None:
    tender = seated_order()
    seat = accepted(seats_of(tender)[0])
    points: dict[str, list[int | None]] = dict(points_of(tender, (80, 70)))
    code = next(iter(points))
    points[code] = [80, None]
    by = seat.expert.user
    keep_sheet(seat=seat, points=points, comment="先看两份。", by=by, at=SCORED_AT)

    with pytest.raises(Refused) as refused:
        submit_sheet(seat=seat, points=points, comment=COMMENT, by=by, at=SCORED_AT)

    assert failing(*refused.value.verdicts) == ["every_score_is_given"]
    assert "“人员配备”" in refused.value.verdicts[0].refusal
    kept = PanelSeat.objects.get(pk=seat.pk)
    assert (kept.status, kept.points[code], kept.comment) == ("accepted", [80, None], "先看两份。")


def test_answers_and_sheets_are_refused_after_their_deadlines_and_twice() -> None:
    tender = seated_order()
    seat = seats_of(tender)[0]
    assert seat.answer_due_at is not None
    by = seat.expert.user

    with pytest.raises(Refused) as late:
        accept_seat(seat=seat, is_free=True, by=by, at=seat.answer_due_at)
    with pytest.raises(Refused) as tied:
        accept_seat(seat=seat, is_free=False, by=by, at=ACCEPTED_AT)
    done = scored(seat)
    with pytest.raises(Refused) as twice:
        submit_sheet(
            seat=done, points=points_of(tender, (1, 1)), comment=COMMENT, by=by, at=SCORED_AT
        )
    with pytest.raises(Refused) as gone:
        decline_seat(seat=done, reasons="反悔。", by=by, at=SCORED_AT)

    assert failing(*late.value.verdicts) == ["answer_is_in_time"]
    assert failing(*tied.value.verdicts) == ["no_interest_is_declared"]
    assert failing(*twice.value.verdicts) == ["seat_is_scoring"]
    assert failing(*gone.value.verdicts) == ["sheet_is_not_handed_in"]
    assert PanelSeat.objects.get(pk=seat.pk).points == points_of(tender, (80, 80))


def test_who_left_the_pool_after_the_draw_is_passed_over_on_record() -> None:
    tender = seated_order()
    seats = seats_of(tender)
    sixth = Expert.objects.get(slug=order_of(tender)[5])
    move_expert(
        expert=sixth, status="suspended", reasons="申请休假。", by=UserFactory(), at=ACCEPTED_AT
    )

    decline_seat(seat=seats[0], reasons="出差。", by=seats[0].expert.user, at=ACCEPTED_AT)

    assert states_of(tender) == ["declined", *["invited"] * 4, "barred", "invited"]
    assert not Message.objects.filter(user=sixth.user, kind="bidding/panel_invited").exists()
