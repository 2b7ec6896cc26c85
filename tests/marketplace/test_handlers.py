from pathlib import Path

import pytest
from allauth.account.models import EmailAddress

from marketplace.addresses import confirm_address
from marketplace.handlers import send_message_email, write_sms
from marketplace.models import Message
from tests.clock import NOON
from tests.factories.marketplace import BuyerFactory, UserFactory


def test_each_text_message_gets_a_file_that_only_the_owner_reads(settings, tmp_path: Path) -> None:
    settings.SMS_FILE_PATH = str(tmp_path / "sms")

    write_sms("13807971234", "验证码 1")
    write_sms("13807971234", "验证码 2")

    files = sorted((tmp_path / "sms").iterdir())
    assert sorted(path.read_text(encoding="utf-8") for path in files) == ["验证码 1", "验证码 2"]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert all(path.name.startswith("13807971234-") for path in files)


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\u2028"])
def test_a_subject_with_the_end_of_a_line_in_it_is_folded_and_sent(end: str, mailoutbox) -> None:
    reader = UserFactory(email="buyer@example.test")
    confirm_address(reader)
    message = Message.objects.create(
        user=reader,
        organization=BuyerFactory().organization,
        kind="bidding/tender_returned",
        subject=f"采购“一{end}二”被退回修改",
        body="请修改。",
        created_at=NOON,
    )

    send_message_email({"message": message.pk})

    assert [mail.subject for mail in mailoutbox] == ["采购“一 二”被退回修改"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "buyer@example.test"])
def test_nothing_is_sent_to_an_address_that_nobody_has_confirmed(address: str, mailoutbox) -> None:
    reader = UserFactory(email=address)
    if address:
        EmailAddress.objects.create(user=reader, email=address, verified=False, primary=True)
        EmailAddress.objects.create(user=reader, email="old@example.test", verified=True)
    message = Message.objects.create(
        user=reader,
        organization=BuyerFactory().organization,
        kind="bidding/tender_returned",
        subject="采购被退回修改",
        body="请修改。",
        created_at=NOON,
    )

    send_message_email({"message": message.pk})

    assert mailoutbox == []
