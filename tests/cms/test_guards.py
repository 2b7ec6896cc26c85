"""May a person get a post; and how the posts stood when somebody looked."""

import pytest

from cms.actions.people import make_reviewer
from cms.guards import may_appoint, posts, version_of_posts
from cms.models import EDITORS, REVIEWERS
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def test_there_are_two_posts_once_the_pages_are_set_up(pages: str) -> None:
    assert [post.name for post in posts()] == [str(EDITORS), str(REVIEWERS)]


def test_the_version_of_the_posts_changes_with_who_holds_them(pages: str) -> None:
    before = version_of_posts().token
    user = make_reviewer(user=UserFactory(), by=None, at=NOON)

    assert version_of_posts().changes_since(before)
    assert [one.holds for one in may_appoint(user, str(REVIEWERS), None)] == [True, True, False]
    assert [one.holds for one in may_appoint(user, str(EDITORS), user)] == [True, False, True]
