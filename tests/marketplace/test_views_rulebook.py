import json
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.actions.rulebook import pin_rulebook
from marketplace.kernel.models import Parameter
from tests.clock import NOON
from tests.factories.marketplace import PROVINCE, ParameterFactory, division

CELL = "order.min_signups.lowest.fiscal"
OLD, NEW, COMING, GONE = (f"{CELL}.C0{number}" for number in (1, 2, 3, 4))
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon", "rules")]


def test_the_rulebook_gives_each_value_with_its_key_and_its_basis(client: Client) -> None:
    page = client.get("/rules/").content.decode()

    assert 'id="order.signup_min"' in page
    assert "信用分变动 −10 分。" in page
    assert "《优化营商环境条例》第四十三条第三款" in page
    assert "平台默认；参考：广东省规定" in page


def test_the_rulebook_holds_every_value_in_force_today_and_no_other(client: Client) -> None:
    today = date(2026, 11, 24)
    ParameterFactory(unit="count", value=7, key=OLD, in_force_until=today)
    ParameterFactory(unit="count", value=7, key=NEW, in_force_from=today)
    ParameterFactory(unit="count", value=7, key=COMING, in_force_from=today + timedelta(days=1))

    chapters = client.get("/rules/").context["chapters"]

    shown = {line.rule.key for chapter in chapters for line in chapter.lines}
    in_force = set(Parameter.objects.in_force(today).values_list("key", flat=True))
    assert shown == in_force
    assert NEW in shown
    assert shown.isdisjoint({OLD, COMING})


@pytest.mark.parametrize(
    ("key", "sentence", "value"),
    [
        ("order.signup_min", None, "3 个工作日"),
        ("order.tender_limit", None, "1,000,000 元"),
        ("credit.points.abandonment", "无正当理由放弃中选，信用分变动 −10 分。", "−10 分"),
        ("method.enabled.direct.fiscal", None, "停用"),
        ("method.enabled.direct.private", None, "可用"),
        ("sanction.months.general", "一般失信的信用限制期为 3 至 12 个月。", "3 至 12 个月"),
        ("order.max_failed_rounds", None, "2"),
    ],
)
def test_a_value_is_written_as_people_read_it(
    client: Client, key: str, sentence: str | None, value: str
) -> None:
    chapters = client.get("/rules/").context["chapters"]

    [line] = [line for chapter in chapters for line in chapter.lines if line.rule.key == key]

    assert line.value == value
    assert sentence in {None, line.sentence}


def test_a_pinned_version_shows_what_was_in_force_then(client: Client) -> None:
    version = pin_rulebook(division=division(PROVINCE), at=NOON)
    Parameter.objects.filter(key="order.signup_min").update(value=9)

    page = client.get(f"/rules/{version.sha256}/")

    values = {
        line.rule.key: line.rule.value
        for chapter in page.context["chapters"]
        for line in chapter.lines
    }
    assert values["order.signup_min"] == 3
    assert version.sha256 in page.content.decode()


def test_two_versions_are_compared_by_what_differs(client: Client) -> None:
    province = division(PROVINCE)
    ParameterFactory(unit="count", value=7, key=GONE, in_force_until=date(2026, 11, 26))
    first = pin_rulebook(division=province, at=NOON)
    Parameter.objects.filter(key="order.signup_min").update(value=9)
    ParameterFactory(unit="count", value=7, key=NEW, in_force_from=date(2026, 11, 26))
    second = pin_rulebook(division=province, at=NOON + timedelta(days=2))

    page = client.get(f"/rules/{first.sha256}/", {"with": second.sha256})

    shown = [
        (change.key, *(one.value if one else None for one in (change.before, change.after)))
        for change in page.context["changes"]
    ]
    assert [row for row in shown if row[0] != GONE] == [
        (NEW, None, "7"),
        ("order.signup_min", "3 个工作日", "9 个工作日"),
    ]
    assert [row[0] for row in shown] == [NEW, GONE, "order.signup_min"]
    assert "3 条不同" in page.content.decode()


def test_a_version_is_compared_with_what_is_in_force_now(client: Client) -> None:
    version = pin_rulebook(division=division(PROVINCE), at=NOON)

    same = client.get(f"/rules/{version.sha256}/", {"with": "now"})
    Parameter.objects.filter(key="order.signup_min").update(value=9)
    other = client.get(f"/rules/{version.sha256}/", {"with": "now"})

    assert same.context["changes"] == []
    assert "两个版本的数值、依据和生效日期都相同。" in same.content.decode()
    assert [change.key for change in other.context["changes"]] == ["order.signup_min"]


def test_a_version_that_is_not_there_cannot_be_compared(client: Client) -> None:
    version = pin_rulebook(division=division(PROVINCE), at=NOON)

    assert client.get(f"/rules/{version.sha256}/", {"with": "0000"}).status_code == 404
    assert "changes" not in client.get(f"/rules/{version.sha256}/").context


def test_an_area_with_values_of_its_own_can_be_chosen(client: Client) -> None:
    assert "?area=" not in client.get("/rules/").content.decode()

    ParameterFactory(key="order.signup_min", value=6, division=division("360702"))

    own = client.get("/rules/", {"area": "360702"})
    values = {
        line.rule.key: line.rule.value
        for chapter in own.context["chapters"]
        for line in chapter.lines
    }
    assert (own.context["division"].code, values["order.signup_min"]) == ("360702", 6)
    assert values["result.publicity"] == 3
    assert client.get("/rules/").context["division"].code == PROVINCE
    assert 'href="?area=360702"' in client.get("/rules/").content.decode()
    assert client.get("/rules/", {"area": "360100"}).status_code == 404


def test_the_download_has_the_sha_256_of_its_address(client: Client) -> None:
    version = pin_rulebook(division=division(PROVINCE), at=NOON)

    response = client.get(f"/rules/{version.sha256}/content.json")

    assert sha256(response.content).hexdigest() == version.sha256
    assert json.loads(response.content)["values"]["order.signup_min"] == {
        "unit": "working_day",
        "value": 3,
    }
    assert response["Content-Type"] == "application/json"


def test_the_page_names_the_version_that_is_the_same_as_today(client: Client) -> None:
    assert client.get("/rules/").context["pinned"] is None

    version = pin_rulebook(division=division(PROVINCE), at=NOON)

    page = client.get("/rules/")
    assert (page.context["pinned"], page.context["digest"]) == (version, version.sha256)


def test_an_unknown_version_is_404(client: Client) -> None:
    assert client.get("/rules/0000/").status_code == 404
    assert client.get("/rules/0000/content.json").status_code == 404


def test_the_same_values_are_pinned_once_and_other_values_get_the_next_number() -> None:
    province = division(PROVINCE)

    first = pin_rulebook(division=province, at=NOON)
    again = pin_rulebook(division=province, at=NOON + timedelta(days=1))
    ParameterFactory(unit="count", value=7, key=NEW, in_force_from=date(2026, 11, 26))
    other = pin_rulebook(division=province, at=NOON + timedelta(days=2))

    assert first.pk == again.pk
    assert (first.number, other.number) == ("2026.1", "2026.2")


def test_the_rulebook_needs_few_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        client.get("/rules/")
