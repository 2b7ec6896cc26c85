"""The accounts of the demo, each with what there is still to try."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from pytest_django import Settings

from cms.demo.script import script
from tests.factories.bidding import DEADLINE, AwardFactory, ContractFactory, TenderFactory
from tests.factories.marketplace import MembershipFactory, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db
TITLES = {order.key: order.title for order in script().orders}


def member(login: str) -> None:
    organization = OrganizationFactory(name="江西智策")
    MembershipFactory(user=UserFactory(username=login, name="王五"), organization=organization)


def listed() -> str:
    output = StringIO()
    call_command("demo_accounts", stdout=output)
    return output.getvalue()


def test_accounts_are_not_shown_where_demo_is_off() -> None:
    with pytest.raises(CommandError, match="DEMO=1 only"):
        call_command("demo_accounts")


def test_only_accounts_that_exist_are_listed_with_who_they_are(settings: Settings) -> None:
    settings.DEMO = True
    member("zhice")

    assert listed().splitlines() == [
        " 演示账号（密码都是 zhongjie-demo）：",
        "",
        " 中介机构",
        "   zhice         王五  江西智策 · 机构管理员",
        "                 在“可报名的采购”里选一项报价",
    ]


def test_an_order_can_be_bid_for_until_its_last_moment(settings: Settings) -> None:
    settings.DEMO = True
    member("zhice")
    TenderFactory(active=True, title=TITLES["nanshi"])
    hint = f"给“{TITLES['nanshi']}”报价"

    with time_machine.travel(DEADLINE - timedelta(seconds=1), tick=False):
        assert hint in listed()
    with time_machine.travel(DEADLINE, tick=False):
        assert hint not in listed()


def test_a_hint_is_about_the_state_of_the_order_its_award_or_its_contract(
    settings: Settings,
) -> None:
    settings.DEMO = True
    member("gucheng")
    member("zhice")
    ContractFactory(delivered=True, award__tender__title=TITLES["yangming"])
    ContractFactory(active=True, award__tender__title=TITLES["dongmen"])
    TenderFactory(title=TITLES["yeyou"])
    AwardFactory(active=True, tender__title=TITLES["yugutai"])

    text = listed()

    hints = [line.strip() for line in text.splitlines() if line.startswith(" " * 17)]
    assert hints == [
        f"上传“{TITLES['yugutai']}”的合同",
        f"验收“{TITLES['yangming']}”的成果",
        f"提交草稿“{TITLES['yeyou']}”",
    ]
