"""The letter of award."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from bidding.actions.awards import abandon_award
from tests.bidding.public_pages import page
from tests.factories.bidding import SIGNED, AwardFactory
from tests.factories.marketplace import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_the_letter_is_public_once_it_is_issued(client: Client) -> None:
    issued, pending = AwardFactory(active=True), AwardFactory()

    html = page(client, "award_letter", issued.tender.code)

    assert issued.letter_number in html
    response = client.get(reverse("bidding:award_letter", args=[pending.tender.code]))
    assert response.status_code == 404


# --- the letter of award ---
def test_the_letter_names_the_winner_and_until_when_to_sign(client: Client) -> None:
    award = AwardFactory(active=True)

    text = page(client, "award_letter", award.tender.code)

    assert "结果公示期满，贵单位中选。" in text
    assert "2026年12月17日 24:00" in text
    assert "取消" not in text
    assert "暂定" not in text


def test_a_letter_says_that_its_time_for_the_signature_is_provisional(client: Client) -> None:
    award = AwardFactory(active=True, is_end_provisional=True)

    assert "暂定" in page(client, "award_letter", award.tender.code)


def test_the_letter_of_a_cancelled_award_says_so_with_day_and_reasons(client: Client) -> None:
    award = AwardFactory(active=True)
    abandon_award(award=award, reasons="人员不足。", by=UserFactory(), at=SIGNED)

    text = strip_tags(page(client, "award_letter", award.tender.code))

    assert "中选通知书（已取消）" in text
    assert (
        "已取消：中选结果已于 2026年12月8日 10:00 取消，这份通知书不再有效。理由：人员不足。"
        in text
    )
    assert "贵单位中选" not in text
    assert "请在签约期限内" not in text
