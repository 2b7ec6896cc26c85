"""A scheme is loaded whole or not at all, and what has begun stays as it was."""

import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from credit.actions.schemes import load_scheme
from credit.in_force import NoPointsInRulebook, breaches_at, kind_under, scheme_at
from credit.models import Conduct, CreditScheme, Entry, name_of_kind
from credit.schemes import Follows
from marketplace.actions.rulebook import pin_rulebook
from marketplace.kernel.models import Parameter
from marketplace.management.commands._loading import DATA
from tests.clock import NOON
from tests.factories.credit import notice
from tests.factories.marketplace import division, load_laws

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
TEXT = (DATA / "credit_scheme.json").read_text(encoding="utf-8")
NEW = {
    "code": "grave_quality",
    "name": "报告存在严重质量问题",
    "severity": "serious",
    "points": "-20",
    "basis": "平台默认",
    "counts_months": 60,
    "public_months": 36,
}


@pytest.fixture(autouse=True)
def laws(rules):
    load_laws()


def load(folder=DATA):
    printed = StringIO()
    call_command("load_credit_scheme", at=NOON, data=folder, stdout=printed)
    return printed.getvalue()


def next_version(**changes):
    """Return the shipped scheme as a second version from tomorrow, with one kind more."""
    document = json.loads(TEXT)
    document |= {"version": 2, "valid_from": (NOON + timedelta(days=1)).date().isoformat()}
    document["kinds"].append(NEW)
    return json.dumps(document | changes, ensure_ascii=False)


def test_the_shipped_scheme_is_loaded_once():
    assert load() == "credit scheme: 1 created, 0 updated, 0 unchanged\n"
    assert load() == "credit scheme: 0 created, 0 updated, 1 unchanged\n"

    scheme = scheme_at(NOON)
    assert (scheme.base, [grade.begins for grade in scheme.grades]) == (100, [100, 85, 60, 0])
    assert [kind.code for kind in scheme.kinds] == [*Conduct.values]
    assert {kind.name for kind in scheme.kinds} == {str(one.label) for one in Conduct}
    assert [(one.follows, one.points) for one in scheme.thresholds] == [
        (Follows.WARNING, 80),
        (Follows.CASE, 60),
    ]
    assert breaches_at(NOON)[-1] == "three_quality_complaints"


def test_before_a_scheme_is_loaded_the_rulebook_is_one():
    scheme = scheme_at(NOON)

    assert (scheme.code, scheme.base, scheme.by_code["abandonment"].points) == (
        "rulebook",
        100,
        -10,
    )
    assert set(breaches_at(NOON)) == {*Conduct.values} - {
        *("on_time", "high_rating", "low_rating", "buyer_not_rated")
    }


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


def test_k5_04_a_new_kind_of_conduct_is_a_row_of_data_from_its_day_on():
    rulebook = pin_rulebook(division=division("360000"), at=NOON)
    load_scheme(text=TEXT, file="a.json", at=NOON)
    load_scheme(text=next_version(), file="b.json", at=NOON)
    tomorrow = NOON + timedelta(days=1)

    assert "grave_quality" not in breaches_at(NOON)
    with pytest.raises(NoPointsInRulebook):
        kind_under(rulebook, "grave_quality", NOON)
    assert kind_under(rulebook, "grave_quality", tomorrow).points == -20
    assert name_of_kind("grave_quality") == "报告存在严重质量问题"
    case = notice(kind="grave_quality", at=tomorrow + timedelta(hours=2))
    assert case.get_kind_display() == "报告存在严重质量问题"
    assert not Entry.objects.exists()


def test_a_new_version_never_rewrites_the_past():
    load_scheme(text=TEXT, file="a.json", at=NOON)
    before = scheme_at(NOON)

    load_scheme(text=next_version(base="50"), file="b.json", at=NOON)

    assert scheme_at(NOON) == before
    assert scheme_at(NOON + timedelta(days=1)).base == 50


def test_points_are_those_of_the_order_s_rulebook():
    load()
    rulebook = pin_rulebook(division=division("360000"), at=NOON)
    Parameter.objects.filter(key="credit.points.late_service").update(value=-50)

    assert kind_under(rulebook, "late_service", NOON).points == Decimal(-5)
    assert scheme_at(NOON).by_code["late_service"].points == Decimal(-50)
