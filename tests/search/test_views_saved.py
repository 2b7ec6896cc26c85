"""A question is kept from the page it was asked on, and is nobody else's to see."""

import re

import pytest
from django.test import Client

from marketplace.models import User
from search.backends import database_index
from search.models import SavedSearch
from tests.clock import NOON
from tests.factories.marketplace import AuthorityFactory, UserFactory, party
from tests.search.test_alerts import kept, look
from tests.search.test_views_search import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return party(AuthorityFactory(), "operator", user=UserFactory()).user


def test_a_question_is_kept_from_its_page_under_its_own_words(client: Client, reader: User) -> None:
    anonymous = client.get("/saved/new/?scope=search&q=环评&page=3")
    client.force_login(reader)
    page = client.get("/saved/new/?scope=search&q=环评&page=3").content.decode()
    answer = client.post(
        "/saved/new/?scope=search&q=环评&page=3", {"title": "环评", "pace": "daily"}
    )

    [saved] = SavedSearch.objects.all()
    assert anonymous.status_code == 302
    assert 'value="环评"' in page
    assert answer.headers["Location"] == f"/saved/{saved.slug}/"
    assert (saved.user, saved.scope, saved.parameters.dict()) == (reader, "search", {"q": "环评"})
    assert (saved.pace, saved.is_mailed, saved.title) == ("daily", False, "环评")
    assert [client.get(f"/saved/new/?scope={one}").status_code for one in ("", "x")] == [404, 404]


def test_somebody_elses_question_is_not_found_and_is_left_as_it_is(
    client: Client, reader: User
) -> None:
    saved = kept(UserFactory())
    client.force_login(reader)
    form = {"title": "mine now", "pace": "daily"}

    answers = [
        client.get(f"/saved/{saved.slug}/").status_code,
        client.post(f"/saved/{saved.slug}/", form).status_code,
        client.post(f"/saved/{saved.slug}/forget/").status_code,
    ]

    saved.refresh_from_db()
    assert answers == [404, 404, 404]
    assert saved.title == "全部公告"


def test_the_page_of_a_question_shows_what_was_told_changes_and_forgets_it(
    client: Client, reader: User
) -> None:
    saved = kept(reader, scope="search", asked="q=%E9%80%9A%E7%9F%A5")
    database_index().put([document(1, sort_at=NOON)], 1)
    look(saved, "1")
    client.force_login(reader)

    page = client.get(f"/saved/{saved.slug}/").content.decode()
    listed = client.get("/saved/").content.decode()
    client.post(f"/saved/{saved.slug}/", {"title": "通知汇总", "pace": "daily"})
    saved.refresh_from_db()
    changed = (saved.title, saved.pace, saved.is_mailed)
    gone = client.post(f"/saved/{saved.slug}/forget/")

    assert re.findall(r'href="(/notices/\d+/)"', page) == ["/notices/1/"]
    assert 'href="/search/?q=%E9%80%9A%E7%9F%A5"' in page
    assert f'href="/saved/{saved.slug}/"' in listed
    assert changed == ("通知汇总", "daily", False)
    assert gone.headers["Location"] == "/saved/"
    assert not SavedSearch.objects.exists()
