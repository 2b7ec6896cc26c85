"""A scheme is loaded whole or not at all, and what has begun stays as it was."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from credit.actions.schemes import load_scheme
from credit.in_force import scheme_at
from credit.models import CreditScheme
from marketplace.management.commands._loading import DATA
from tests.clock import NOON
from tests.credit.vectors import NEW, SHIPPED, next_version
from tests.factories.marketplace import load_laws

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture(autouse=True)
def laws(rules):
    load_laws()


def load(folder=DATA):
    printed = StringIO()
    call_command("load_credit_scheme", at=NOON, data=folder, stdout=printed)
    return printed.getvalue()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"scope": "360429"}, "“scope”列，“360429”：信用评价方案全省统一：同一行为不因地而异"),
        ({"version": 1}, "“version”列，“1”：这个版本已经载入，内容不能再改"),
        ({"valid_from": NOON.date().isoformat()}, "已经有方案施行，新的版本只能从以后的日期起"),
        ({"kinds": [NEW]}, "“abandonment”：平台自动记录的行为须列入方案"),
        ({"legal_basis": "《没有的办法》"}, "法规库里没有这份文件"),
        ({"base": "100.3"}, "“base”列，“100.3”：分值须是 0.5 的倍数"),
    ],
    ids=["scope", "version", "day", "kinds", "basis", "base"],
)
def test_k5_05_a_refused_scheme_says_why_and_changes_nothing(tmp_path, changes, said):
    load()
    (tmp_path / "credit_scheme.json").write_text(next_version(**changes), encoding="utf-8")

    with pytest.raises(CommandError, match=said):
        load(tmp_path)

    assert CreditScheme.objects.get().version == 1


def test_a_kind_keeps_its_name(tmp_path):
    load()
    text = next_version().replace("串通报价", "围标串标")
    (tmp_path / "credit_scheme.json").write_text(text, encoding="utf-8")

    with pytest.raises(
        CommandError, match="“collusion 围标串标”：这个代码已经用于另一种行为，不能改名"
    ):
        load(tmp_path)


def test_a_new_version_never_rewrites_the_past():
    load_scheme(text=SHIPPED, file="a.json", at=NOON)
    before = scheme_at(NOON)

    load_scheme(text=next_version(base="50"), file="b.json", at=NOON)

    assert scheme_at(NOON) == before
    assert scheme_at(NOON + timedelta(days=1)).base == 50
