"""An act on another version is refused, in words that say what has changed."""

from datetime import UTC, date, datetime

import pytest

from marketplace.kernel.verdicts import guard
from marketplace.kernel.versions import Seen, Version, version_of
from marketplace.models import Agency, Organization, Qualification
from marketplace.web.versions import as_seen, is_of_another_version

MOMENT = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
UNREAD = "这次提交没有带上所依据的内容，什么也没有办理；请核对页面现在的内容后再提交"
CHANGED = "打开这一页以后内容有变更：{}。什么也没有办理，请核对现在的内容后再提交"


@guard("另一条")
def another_rule() -> bool:
    return False


def unit(pk: int = 7, **values: object) -> Organization:
    return Organization(
        **{"pk": pk, "slug": "abc", "name": "甲单位", "registered_at": MOMENT, **values}
    )


def refusals(now: Version, seen: str | None) -> list[tuple[str, str]]:
    return [(one.guard, one.refusal) for one in as_seen(now, seen) if not one.holds]


def said(now: Version, before: Version) -> str:
    """Return what a refusal names as changed."""
    ((name, text),) = refusals(now, before.token)
    assert name == "nothing_has_changed_since"
    start, end = CHANGED.split("{}")
    assert (text.startswith(start), text.endswith(end)) == (True, True)
    return text.removeprefix(start).removesuffix(end)


def test_who_looked_at_no_page_is_asked_nothing():
    assert as_seen(version_of(unit()), None) == ()


@pytest.mark.parametrize("seen", ["", "另一个值", "a:b"])
def test_what_is_empty_or_unreadable_is_refused_and_not_compared(seen):
    assert refusals(version_of(unit()), seen) == [("page_says_what_was_seen", UNREAD)]
    assert [one.guard for one in as_seen(version_of(unit()), seen)] == ["page_says_what_was_seen"]


def test_what_was_seen_holds():
    asked = as_seen(version_of(unit()), version_of(unit()).token)

    assert [(one.guard, one.holds) for one in asked] == [
        ("page_says_what_was_seen", True),
        ("nothing_has_changed_since", True),
    ]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({"contact_name": "张三"}, {"contact_name": "李四"}, "联系人由“张三”改为“李四”"),
        ({}, {"contact_name": "李四"}, "联系人由“空”改为“李四”"),
        ({"contact_name": "张三"}, {}, "联系人由“张三”改为“空”"),
        ({}, {"has_valid_check_digit": False}, "校验码相符由“是”改为“否”"),
        ({"kind": "agency"}, {"kind": "buyer"}, "类别由“中介服务机构”改为“项目业主”"),
        (
            {},
            {"uscc_confirmed_at": MOMENT},
            "信用代码核实时间由“空”改为“2026年11月24日 12:30”",
        ),
    ],
)
def test_a_refusal_names_a_change_as_a_person_reads_it(before, after, words):
    assert said(version_of(unit(**after)), version_of(unit(**before))) == words


def test_a_day_is_written_as_a_day():
    def agency(day: date) -> Version:
        return version_of(Seen(Agency(pk=7, founded_on=day), name="甲单位"))

    assert said(agency(date(2026, 3, 4)), agency(date(2025, 1, 2))) == (
        "成立日期由“2025年01月02日”改为“2026年03月04日”"
    )


def test_what_has_no_words_is_said_to_have_changed():
    def agency(*ruled_out: str) -> Version:
        return version_of(Seen(Agency(pk=7, namesakes_ruled_out=ruled_out), name="甲单位"))

    assert said(agency("y"), agency("x")) == "已核实不是同一人的决定已变更"


def test_rows_that_came_went_or_were_replaced():
    def certificate(pk: int, name: str) -> Seen:
        return Seen(Qualification(pk=pk), only=(), name=name)

    one, other = certificate(1, "甲证"), certificate(2, "乙证")

    assert said(version_of(one, other), version_of(one)) == "新增资质“乙证”"
    assert said(version_of(one), version_of(one, other)) == "资质“乙证”已不在"
    assert said(version_of(other), version_of(one)) == "资质由“甲证”改为“乙证”"


def test_of_many_changes_the_first_eight_are_named():
    def rows(count: int) -> Version:
        certificates = [Qualification(pk=pk) for pk in range(1, count + 1)]
        return version_of(*(Seen(one, only=(), name="证") for one in certificates))

    assert said(rows(8), rows(0)) == "；".join(["新增资质“证”"] * 8)
    assert said(rows(10), rows(0)) == "；".join([*["新增资质“证”"] * 8, "另有 2 处"])


def test_only_what_is_refused_for_the_version_is_of_another_version():
    now = version_of(unit())
    changed = as_seen(now, version_of(unit(name="乙单位")).token)

    assert is_of_another_version(changed) is True
    assert is_of_another_version(as_seen(now, "")) is True
    assert is_of_another_version(as_seen(now, now.token)) is False
    assert is_of_another_version([another_rule()]) is False
    assert is_of_another_version([another_rule(), *changed]) is True
