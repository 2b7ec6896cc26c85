"""An expert's page: invited, taken, drafted, handed in; the plans; and what others do not see."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bidding.forms.choices import named
from bidding.models import Choice, PanelSeat, Tender
from tests.factories.experts import ACCEPTED_AT, COMMENT, scored, seated_order
from tests.factories.marketplace import AuthorityFactory, Role, party
from tests.markup import on_one_line
from tests.senders import Sender

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def seats_of(tender: Tender) -> list[PanelSeat]:
    return list(PanelSeat.objects.of_round(tender))


def whole(tender: Tender) -> dict[str, object]:
    assert tender.selection is not None
    codes = [place["uscc"] for place in tender.selection.content["ranking"]]
    return {named(code, place): 80 for code in codes for place in (0, 1)}


def test_an_expert_takes_the_seat_keeps_a_draft_and_hands_it_in(
    client: Sender, time_machine
) -> None:
    time_machine.move_to(ACCEPTED_AT, tick=False)
    tender = seated_order()
    seat = seats_of(tender)[0]
    client.force_login(seat.expert.user)
    page, submit = (
        reverse(f"bidding:{name}", args=[seat.slug]) for name in ("seat", "sheet_submit")
    )
    agency = tender.bids.order_by("pk")[0].agency
    plan = reverse("bidding:opened_plan", args=[tender.slug, agency.slug])
    assert client.get(plan).status_code == 404

    tied = client.post(reverse("bidding:seat_accept", args=[seat.slug]), {})
    taken = client.post(reverse("bidding:seat_accept", args=[seat.slug]), {"is_free": "on"})
    assert (tied.status_code, taken.status_code) == (422, 302)
    assert client.get(plan).status_code == 200
    points = whole(tender)
    first = next(iter(points))
    draft = client.post(
        reverse("bidding:sheet_keep", args=[seat.slug]), {first: 70, "comment": "先看一份。"}
    )
    assert draft.status_code == 302
    assert "先看一份。" in client.get(page).content.decode()
    short = client.post(submit, {first: 70, "comment": COMMENT})
    assert short.status_code == 422
    assert "还没有打分：" in short.content.decode()

    done = client.post(submit, {**points, "comment": COMMENT})

    assert done.status_code == 302
    stored = PanelSeat.objects.get(pk=seat.pk)
    assert (stored.status, stored.comment) == ("scored", COMMENT)
    assert "已提交的评分" in client.get(page).content.decode()


def test_an_expert_sees_the_own_seats_alone(client: Sender, time_machine) -> None:
    time_machine.move_to(ACCEPTED_AT, tick=False)
    first, second, *_others = seats_of(seated_order())
    other = seats_of(seated_order())[0]
    client.force_login(first.expert.user)

    listed = client.get(reverse("bidding:seats")).content.decode()

    assert first.tender.title in listed
    assert other.tender.title not in listed
    for seat in (second, other):
        assert client.get(reverse("bidding:seat", args=[seat.slug])).status_code == 404
        answer = client.post(reverse("bidding:seat_accept", args=[seat.slug]), {"is_free": "on"})
        assert answer.status_code == 404
        assert PanelSeat.objects.get(pk=seat.pk).status == "invited"


def test_nobody_reads_a_name_before_the_scores_and_everybody_after(time_machine) -> None:
    time_machine.move_to(ACCEPTED_AT, tick=False)
    tender = seated_order()
    seats = seats_of(tender)
    public = reverse("bidding:tender", args=[tender.code])
    before = Client().get(public).content.decode()
    assert "已提交 0 份" in before
    assert Client().get(reverse("bidding:tender_scores", args=[tender.code])).status_code == 404

    for seat in seats:
        scored(seat)

    assert Choice.objects.count() == 1
    after = on_one_line(Client().get(public).content.decode())
    for seat in seats:
        assert seat.expert.name not in before
        assert seat.expert.name in after
    assert after.count(COMMENT) == 5


def test_neither_owner_nor_officers_read_the_plans_before_the_scores(
    client: Sender, time_machine
) -> None:
    time_machine.move_to(ACCEPTED_AT, tick=False)
    tender = seated_order()
    agency = tender.bids.order_by("pk")[0].agency
    plan = reverse("bidding:opened_plan", args=[tender.slug, agency.slug])
    client.force_login(party(tender.buyer, Role.BUYER_MANAGER).user)
    assert client.get(plan).status_code == 404

    for seat in seats_of(tender):
        scored(seat)

    assert client.get(plan).status_code == 200


def test_an_officer_replaces_a_seat_by_its_number(client: Sender, time_machine) -> None:
    time_machine.move_to(ACCEPTED_AT, tick=False)
    tender = seated_order()
    first = seats_of(tender)[0]
    client.force_login(party(AuthorityFactory(division=tender.division), Role.OPERATOR).user)
    desk = client.get(reverse("bidding:operator_tender", args=[tender.slug])).content.decode()
    bar = reverse("bidding:seat_bar", args=[first.slug])
    assert bar in desk
    assert first.expert.name not in desk

    without = client.post(bar, {"reasons": ""})
    done = client.post(bar, {"reasons": "配偶在报名机构任职。"})

    assert (without.status_code, done.status_code) == (422, 302)
    assert [seat.status for seat in seats_of(tender)] == ["barred", *["invited"] * 5]
