"""The scheme in words, as everybody reads it and as an officer is told what it allows."""

from dataclasses import replace
from decimal import Decimal

import pytest

from credit.actions.schemes import load_scheme
from credit.pages.scheme import breaches_of, changes_between, shown_scheme
from credit.schemes import Follows, Grade, Threshold
from tests.clock import NOON
from tests.credit.vectors import SHIPPED, kind, scheme
from tests.factories.marketplace import load_laws

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def test_the_scheme_says_what_is_counted_what_may_be_imposed_and_what_follows(client):
    load_laws()
    load_scheme(text=SHIPPED, file="a.json", at=NOON)
    shown = shown_scheme(NOON)
    kinds = {kind.name: kind for kind in shown.kinds}

    lent, low = kinds["出借、借用资质"], kinds["获得低评价"]
    assert (lent.severity, lent.points, lent.counts, lent.public) == (
        *("严重失信", Decimal(-40), "36 个月"),
        "36 个月",
    )
    assert (lent.measures, lent.months) == ("取消优先、暂停报名、清退", "3–36 个月")
    assert lent.bases == (
        "《江西省网上中介服务超市管理办法》",
        "《安全生产法》第七十二条",
    )
    assert (low.measures, low.months, low.bases, low.is_breach) == ("", "", (), False)
    assert [(one.letter, one.begins, one.weight) for one in shown.grades] == [
        *(("A", 100, 3), ("B", 85, 2)),
        *(("C", 60, 1), ("D", 0, 0)),
    ]
    assert shown.thresholds == [
        "达到 80 分及以下：提醒机构，列为重点关注，不享受信用优先",
        "达到 60 分及以下：自动立案核查，建议暂停报名 3 个月；不自动限制",
    ]
    assert (len(breaches_of(NOON)), len(kinds)) == (14, 22)
    assert "出借、借用资质" in client.get("/credit/scheme/").content.decode()


def test_what_a_next_version_changes_is_said_line_by_line():
    low = kind("low", -3, counts_months=12)
    now = scheme(low, kind("gone", -1))
    watched = Threshold(code="w", points=Decimal(70), follows=Follows.WARNING, basis="平台默认")
    then = scheme(
        replace(low, points=Decimal(-5), measures=("warning",), months=(1, 3)),
        kind("new", -2, name="迟交"),
        base=Decimal(90),
        grades=(Grade("A", Decimal(80)), Grade("B", Decimal(0))),
        thresholds=(watched,),
    )

    assert changes_between(now, now) == []
    assert changes_between(now, then) == [
        "基础分：100 → 90",
        "“low”的分值：-3 → -5",
        "“low”的可以采取的措施：无 → 警示",
        "“low”的措施期限：无 → 1–3 个月",
        "新增行为“迟交”，分值 -2",
        "不再计分：“gone”",
        "等级：A 100，B 85，C 60，D 0 → A 80，B 0",
        "新增：达到 70 分及以下：提醒机构，列为重点关注，不享受信用优先",
    ]
    assert changes_between(then, now)[-1].startswith("不再：达到 70 分")
