"""The demo province was searched for a month: counted, put right by a manager, and kept."""

import tomllib
from dataclasses import replace

import pytest

from marketplace.models import User
from search.backends import database_index
from search.demo import PLAN, play
from search.models import Alert, SavedSearch, SynonymGroup, TermCount
from search.pages.terms import terms_of
from search.popular import popular
from tests.clock import NOON
from tests.factories.marketplace import MembershipFactory, UserFactory
from tests.search.asking import ORIGINAL

pytestmark = pytest.mark.django_db
LOGINS = ("zhice", "gucheng", "guanli1")


@pytest.fixture
def people() -> None:
    """The people of the plan, each of an organization, and one thing that a word finds."""
    for login in LOGINS:
        MembershipFactory(user=UserFactory(username=login))
    database_index().put([replace(ORIGINAL, title="林业调查规划设计")], 1)


@pytest.mark.usefixtures("people")
def test_a_month_is_counted_a_failed_term_is_put_right_and_questions_are_kept() -> None:
    is_first, is_second = play(NOON), play(NOON)

    terms = terms_of(NOON)
    assert (is_first, is_second) == (True, False)
    assert [(row.text, row.asked, row.opened) for row in terms.most[:2]] == [
        *(("环评", 96, 71), ("水土保持", 74, 52)),
    ]
    assert [row.text for row in terms.failed] == [
        "工程保险",
        "林勘",
        "园林设计",
        "绩效评价",
        "专利申请",
    ]
    assert popular(NOON)[0] == "环评"
    assert SynonymGroup.objects.get().words.splitlines() == ["林业调查", "林勘"]
    kept = SavedSearch.objects.values_list("user__username", "scope", "pace")
    assert sorted(kept) == [
        ("guanli1", "search", "at_once"),
        ("gucheng", "agencies", "daily"),
        ("zhice", "search", "at_once"),
        ("zhice", "tenders", "daily"),
    ]
    assert not Alert.objects.exists()  # nothing came


def test_nothing_is_counted_beside_what_was_searched_before() -> None:
    TermCount.objects.create(day=NOON.date(), text="测绘", asked_count=1)

    assert play(NOON) is False
    assert (TermCount.objects.count(), User.objects.count()) == (1, 0)


def test_the_plan_names_accounts_that_the_demo_has() -> None:
    plan = tomllib.loads(PLAN.read_text(encoding="utf-8"))

    named = {row["login"] for row in [*plan["saved"], *plan["synonym"]]}

    assert named == set(LOGINS)
