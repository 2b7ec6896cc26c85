"""A rule value is stored as its declaration allows, and of a file with a fault nothing is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from credit.rules import POINTS
from marketplace.actions.parameters import RulesRefused, load_parameters
from marketplace.kernel import rules as kernel
from marketplace.kernel.declarations import Declaration, Declared, Override
from marketplace.kernel.durations import Duration
from marketplace.kernel.kinds import Weights, share
from marketplace.kernel.models import Parameter
from marketplace.kernel.rules import rules_in_force, typed
from marketplace.reference import PARAMETER_COLUMNS, parse_parameters
from tests.factories.marketplace import COUNTY, PROVINCE, division, load_laws

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]

TODAY = date(2026, 11, 24)
WEIGHTS = Declaration(
    key="rating.weights",
    kind=Weights(names=("buyer", "regulator", "operator")),
    label="评价权重",
    sentence="业主、主管部门、运营机构的评价占 {value}。",
    consumer="tests",
)
STEP = Declaration(
    key="sample.step",
    kind=share(),
    label="降价幅度",
    sentence="每次降价 {value}。",
    consumer="tests",
    override=Override.FREE,
)


@pytest.fixture
def more_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two rules of methods to come be declared."""
    known: tuple[Declared, ...] = kernel.declared()
    monkeypatch.setattr(kernel, "declared", lambda: (*known, WEIGHTS, STEP))


def load(*rows: str) -> None:
    text = "\n".join((",".join(PARAMETER_COLUMNS), *rows)) + "\n"
    load_parameters(parse_parameters(text), on=TODAY)


def row(key: str, value: str, unit: str, scope: str = PROVINCE, day: str = "2027-01-01") -> str:
    return f"{key},{value},{unit},平台默认,,{day},{scope}"


def refused(*rows: str) -> list[str]:
    """Return why rows are refused, after asking that nothing was stored."""
    before = list(Parameter.objects.order_by("pk").values())
    with pytest.raises(RulesRefused) as caught:
        load(*rows)
    assert list(Parameter.objects.order_by("pk").values()) == before
    return [str(finding) for finding in caught.value.findings]


def in_force(key: str, scope: str = PROVINCE, on: date = date(2027, 1, 2)) -> object:
    return typed(rules_in_force(division(scope), on).values()).values[key]


def test_k1_01_hours_are_stored_and_read_as_hours() -> None:
    """K1-01: order.signup_min,48,hour is 48 hours, in words and in execution."""
    load(row("order.signup_min", "48", "hour"))

    rule = rules_in_force(division(PROVINCE), date(2027, 1, 2))["order.signup_min"]
    assert (rule.read, rule.says) == (
        Duration(48, "hour"),
        "采购公告发布后，报名期不少于 48 小时。",
    )


def test_k1_01_a_key_of_working_days_refuses_another_unit() -> None:
    """K1-01: the kind: a unit that the executing code cannot count in is refused, with reason."""
    assert refused(row("order.signup_max", "480", "hour")) == [
        "第 2 行，单位（unit）：报名时间最长：单位只能是 working_day（个工作日）"
    ]


def test_k1_02_calendar_days_are_stored_as_calendar_days() -> None:
    """K1-02: contract.sign,30,calendar_day."""
    load(row("contract.sign", "30", "calendar_day"))

    assert in_force("contract.sign") == Duration(30, "calendar_day")


def test_k1_03_an_unknown_key_is_refused() -> None:
    """K1-03: a typo is no rule."""
    assert refused(row("order.signup_mim", "5", "working_day")) == [
        "第 2 行，键（key）：没有“order.signup_mim”这条规则"
    ]


@pytest.mark.usefixtures("more_rules")
def test_k1_04_weights_that_do_not_sum_to_a_hundred_are_refused() -> None:
    """K1-04: 50 : 20 : 20."""
    wrong = '"{""buyer"": 50, ""regulator"": 20, ""operator"": 20}"'

    assert refused(row("rating.weights", wrong, "percent")) == [
        "第 2 行，值（value）：评价权重：各项权重合计须为 100，现在是 90"
    ]


def test_k1_04_weights_that_nothing_executes_are_no_rule() -> None:
    """K1-04: the shipped code weighs no ratings, so that it publishes no weights."""
    assert "没有“rating.weights”这条规则" in refused(row("rating.weights", "1", "percent"))[0]


def test_k1_05_misconduct_cannot_add_points() -> None:
    """K1-05: the sign of points is part of the declaration."""
    assert refused(row("credit.points.abandonment", "10", "points")) == [
        "第 2 行，值（value）：无正当理由放弃中选：只能减分，不能是正数"
    ]
    assert "不能是负数" in refused(row("credit.points.on_time", "-1", "points"))[0]


@pytest.mark.usefixtures("more_rules")
def test_k1_06_fractions_are_accepted_exactly() -> None:
    """K1-06: half points, 2.5 percent."""
    load(row("credit.points.expired_data", "-0.5", "points"), row("sample.step", "2.5", "percent"))

    rules = typed(rules_in_force(division(PROVINCE), date(2027, 1, 2)).values())
    assert rules.cell(POINTS, "expired_data") == Decimal("-0.5")
    assert rules[STEP] == Decimal("2.5")
    assert Parameter.objects.get(key="sample.step").value == "2.5"


def test_k9_01_a_county_may_be_stricter_only() -> None:
    """K9-01: method.enabled.direct.fiscal=true and one sign-up for state money, in 360702."""
    division(COUNTY)

    assert refused(
        row("method.enabled.direct.fiscal", "true", "switch", COUNTY),
        row("order.min_signups.lowest.fiscal", "1", "count", COUNTY),
    ) == [
        "第 2 行，值（value）：市、县只能从严：“直接选取，财政资金”上级规定为 停用，"
        "不能放宽为 可用",
        "第 3 行，值（value）：市、县只能从严：“最少报名家数，竞价（最低价中选），财政资金”"
        "上级规定为 3，不能放宽为 1",
    ]


def test_a_county_s_stricter_value_holds_there_and_nowhere_else() -> None:
    division(COUNTY)
    load(row("order.min_signups.lowest.fiscal", "4", "count", COUNTY))

    assert in_force("order.min_signups.lowest.fiscal", COUNTY) == 4
    assert in_force("order.min_signups.lowest.fiscal") == 3


def test_k5_05_what_is_one_in_the_province_has_no_value_of_a_county() -> None:
    """K5-05: credit.points.late_contract,-3 of Hukou county, 360429."""
    division("360429")

    assert refused(
        row("credit.base", "90", "points", "360429"),
        row("credit.points.late_contract", "-3", "points", "360429"),
    ) == [
        "第 2 行，适用地区（scope）：“信用基础分”全省统一，市、县不能另行设定",
        "第 3 行，适用地区（scope）：“逾期签订合同”全省统一，市、县不能另行设定",
    ]


def test_a_loosening_in_another_unit_cannot_be_compared_and_is_refused() -> None:
    division(COUNTY)

    [finding] = refused(row("order.signup_min", "72", "hour", COUNTY))
    assert "上级规定为 3 个工作日，不能放宽为 72 小时" in finding


def test_a_county_s_value_that_a_later_one_of_the_province_overtakes_holds_no_more() -> None:
    division(COUNTY)
    load(row("order.signup_min", "5", "working_day", COUNTY))
    load(row("order.signup_min", "8", "working_day", day="2027-03-01"))

    for day, days in ((date(2027, 2, 28), 5), (date(2027, 3, 1), 8)):
        assert in_force("order.signup_min", COUNTY, day) == Duration(days, "working_day")


@pytest.mark.parametrize(("day", "is_refused"), [("2026-11-23", True), ("2026-11-24", False)])
def test_a_beginning_in_the_past_is_refused(day: str, *, is_refused: bool) -> None:
    one = row("order.signup_min", "5", "working_day", day=day)

    if is_refused:
        assert refused(one) == [
            "第 2 行，生效日期（in_force_from）：生效日期 2026-11-23 已过，"
            "已经施行的规则不能追溯修改"
        ]
    else:
        load(one)
        assert in_force("order.signup_min") == Duration(5, "working_day")


def test_a_key_that_nobody_has_yet_may_begin_in_the_past() -> None:
    Parameter.objects.filter(key="order.signup_min").delete()

    load(row("order.signup_min", "5", "working_day", day="2025-01-01"))

    assert in_force("order.signup_min") == Duration(5, "working_day")


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([("credit.grade.B", "100", "points")], "信用等级的分数线须从 A 到 D 依次降低"),
        ([("order.signup_min", "61", "working_day")], "最短期限不能比最长期限长"),
        ([("rating.low_stars", "23", "count")], "低评价的星数须低于高评价的星数"),
    ],
)
def test_rules_that_do_not_go_together_are_refused(
    rows: list[tuple[str, str, str]], refusal: str
) -> None:
    assert refusal in refused(*(row(*one) for one in rows))[0]


def test_two_rules_that_go_together_only_at_once_are_loaded_at_once() -> None:
    load(row("order.signup_min", "61", "working_day"), row("order.signup_max", "90", "working_day"))

    assert in_force("order.signup_min") == Duration(61, "working_day")


def test_an_area_that_is_not_stored_is_refused() -> None:
    assert refused(row("order.signup_min", "5", "working_day", "999999")) == [
        "第 2 行，适用地区（scope）：没有代码为 999999 的地区，请先载入行政区划"
    ]


def test_every_fault_of_a_file_is_told_and_its_good_rows_are_not_stored() -> None:
    findings = refused(
        row("order.signup_min", "5", "working_day"),
        row("opening.grace", "59", "second"),
        row("order.signup_mim", "5", "working_day"),
    )

    assert [finding.split("，")[0] for finding in findings] == ["第 3 行", "第 4 行"]


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("《没有这部法》第一条", "法规库没有这个文件"),
        ("《优化营商环境条例》第四十四条", "法规库没有这一条"),
        ("《优化营商环境条例》", "没有写明条款"),
        ("《海州区规定》", "其他地方的规定只能写作参考"),
        ("某人说的", "写法无法识别"),
        ("《固定资产投资项目节能审查办法》", "不在有效期内"),
    ],
)
def test_a_basis_that_cannot_be_relied_on_is_refused_with_its_column(basis: str, said: str) -> None:
    load_laws()
    wrong = row("order.signup_min", "5", "working_day").replace("平台默认", basis)

    [reason] = refused(wrong)

    assert said in reason
    assert "依据" in reason


def test_an_upload_cannot_be_larger_than_the_installation_carries(settings) -> None:
    ceiling = settings.DOCUMENT_MAX_BYTES // 1024**2
    load(row("upload.size", str(ceiling), "megabyte"))

    [finding] = refused(row("upload.size", str(ceiling + 1), "megabyte", day="2028-01-01"))

    assert finding == f"第 2 行，值（value）：上传的文件，每份最大：须在 1 至 {ceiling} 之间"


def test_a_county_has_no_upload_size_of_its_own() -> None:
    division(COUNTY)

    assert refused(row("upload.size", "10", "megabyte", COUNTY)) == [
        "第 2 行，适用地区（scope）：“上传的文件，每份最大”全省统一，市、县不能另行设定"
    ]
