import csv
import json
from datetime import date, timedelta
from hashlib import sha256
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.actions.rulebook import pin_rulebook
from marketplace.kernel.models import Parameter
from marketplace.pages.rulebook import Line
from tests.clock import NOON
from tests.factories.marketplace import PROVINCE, ParameterFactory, division

CELL = "order.min_signups.lowest.fiscal"
OLD, NEW, COMING, GONE = (f"{CELL}.C0{number}" for number in (1, 2, 3, 4))
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def shown(page: Any) -> dict[str, Line]:
    """Return the lines of a page by key, those of its tables too."""
    cells = [line for matrix in page.context["matrices"] for line in matrix.lines]
    listed = [line for chapter in page.context["chapters"] for line in chapter.lines]
    return {line.rule.key: line for line in [*listed, *cells]}


def test_the_rulebook_gives_each_value_with_its_key_and_its_basis(client: Client) -> None:
    page = client.get("/rules/").content.decode()

    assert 'id="order.signup_min"' in page
    assert "无正当理由放弃中选" in page
    assert "《优化营商环境条例》第四十三条第三款" in page
    assert "平台默认；参考：广东省规定" in page


def test_the_rulebook_holds_every_value_in_force_today_and_no_other(client: Client) -> None:
    today = date(2026, 11, 24)
    ParameterFactory(unit="count", value=7, key=OLD, in_force_until=today)
    ParameterFactory(unit="count", value=7, key=NEW, in_force_from=today)
    ParameterFactory(unit="count", value=7, key=COMING, in_force_from=today + timedelta(days=1))

    keys = set(shown(client.get("/rules/")))

    in_force = set(Parameter.objects.in_force(today).values_list("key", flat=True))
    assert keys == in_force
    assert NEW in keys
    assert keys.isdisjoint({OLD, COMING})


def test_a_pinned_version_shows_what_was_in_force_then(client: Client) -> None:
    version = pin_rulebook(division=division(PROVINCE), at=NOON)
    Parameter.objects.filter(key="order.signup_min").update(value=9)

    page = client.get(f"/rules/{version.sha256}/")

    assert shown(page)["order.signup_min"].rule.value == 3
    assert version.sha256 in page.content.decode()


def test_two_versions_are_compared_by_what_differs(client: Client) -> None:
    province = division(PROVINCE)
    ParameterFactory(unit="count", value=7, key=GONE, in_force_until=date(2026, 11, 26))
    first = pin_rulebook(division=province, at=NOON)
    Parameter.objects.filter(key="order.signup_min").update(value=9)
    ParameterFactory(unit="count", value=7, key=NEW, in_force_from=date(2026, 11, 26))
    second = pin_rulebook(division=province, at=NOON + timedelta(days=2))

    page = client.get(f"/rules/{first.sha256}/", {"with": second.sha256})

    told = [
        (change.key, *(one.value if one else None for one in (change.before, change.after)))
        for change in page.context["changes"]
    ]
    assert [row for row in told if row[0] != GONE] == [
        (NEW, None, "7"),
        ("order.signup_min", "3 个工作日", "9 个工作日"),
    ]
    assert [row[0] for row in told] == [NEW, GONE, "order.signup_min"]
    assert "3 条不同" in page.content.decode()


def test_a_version_is_compared_with_what_is_in_force_now(client: Client) -> None:
    version = pin_rulebook(division=division(PROVINCE), at=NOON)

    same = client.get(f"/rules/{version.sha256}/", {"with": "now"})
    Parameter.objects.filter(key="order.signup_min").update(value=9)
    other = client.get(f"/rules/{version.sha256}/", {"with": "now"})

    assert not same.context["changes"]
    assert "两个版本的数值都相同。" in same.content.decode()
    assert [change.key for change in other.context["changes"]] == ["order.signup_min"]


def test_a_version_that_is_not_there_cannot_be_compared(client: Client) -> None:
    version = pin_rulebook(division=division(PROVINCE), at=NOON)

    assert client.get(f"/rules/{version.sha256}/", {"with": "0000"}).status_code == 404
    assert "changes" not in client.get(f"/rules/{version.sha256}/").context


def test_what_differs_by_area_is_shown_where_it_differs(client: Client) -> None:
    ParameterFactory(key="order.signup_min", value=6, division=division("360702"))
    ParameterFactory(key="order.review", value=2, division=division("360702"))

    lines = shown(client.get("/rules/"))

    assert lines["order.signup_min"].local == [("章贡区", "6 个工作日")]
    assert {key for key, line in lines.items() if line.local} == {"order.signup_min"}


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("报名 最短", {"order.signup_min"}),
        ("评标专家库", set()),
    ],
)
def test_a_rule_is_found_and_what_is_not_there_is_not(
    client: Client, asked: str, keys: set[str]
) -> None:
    page = client.get("/rules/", {"q": asked})

    assert {*shown(page)} == keys
    assert page.context["count"] == len(keys)


def test_the_rulebook_is_downloaded_as_a_table(client: Client) -> None:
    response = client.get("/rules/rules.csv")

    rows = list(csv.DictReader(StringIO(response.getvalue().decode("utf-8-sig"))))
    assert len(rows) == Parameter.objects.in_force(NOON.date()).count()
    [row] = [row for row in rows if row["键"] == "order.signup_min"]
    assert (row["数值"], row["说明"]) == ("3 个工作日", "采购公告发布后，报名期不少于 3 个工作日。")


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


def test_the_rulebook_needs_few_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(7):
        client.get("/rules/")


def test_a_value_that_is_none_of_its_kind_is_told_in_its_row_and_no_other_page_falls(
    client: Client,
) -> None:
    Parameter.objects.filter(key="upload.size").update(value="ten")

    line = shown(client.get("/rules/"))["upload.size"]
    rows = client.get("/rules/rules.csv").getvalue().decode()

    assert line.value == "“ten megabyte”不合这条规则，不能执行"
    assert line.value in rows
    for page in ("/tenders/", "/awards/", "/agencies/", "/credit/", "/items/", "/readyz"):
        assert client.get(page).status_code == 200, page


def test_not_even_a_book_of_unfit_values_makes_the_rulebook_fail(client: Client) -> None:
    Parameter.objects.update(value={"no": "such"})

    assert client.get("/rules/").status_code == 200


def test_the_end_says_when_other_values_come_into_force_and_how_to_hear_of_them(
    client: Client,
) -> None:
    ParameterFactory(key=NEW, unit="count", value=7, in_force_from=date(2026, 12, 1))

    page = client.get("/rules/").content.decode()

    end = page.partition('<h2 id="pass-on">')[2]
    assert "<dt>规则变动</dt>" in end
    assert "1 项数值施行" in end
    assert 'href="/saved/new/?scope=search&amp;in=rule"' in end
