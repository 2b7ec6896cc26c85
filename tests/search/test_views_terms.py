"""The manager's page of terms, and the beacon that counts an opened hit."""

import pytest
from django.test import Client

from search.backends import database_index
from search.counting import note_asked, tally, write
from search.models import SynonymGroup, TermCount
from search.query import parse
from tests.clock import NOON
from tests.factories.marketplace import PROVINCE, AuthorityFactory, division, party
from tests.search.asking import ORIGINAL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    tally.take()


def test_a_failed_term_becomes_a_synonym_in_one_step(client: Client) -> None:
    province = AuthorityFactory(division=division(PROVINCE))
    client.force_login(party(province, "manager").user)
    database_index().put([ORIGINAL], 1)
    for _n in range(2):
        client.get("/search/", {"q": "检修甲"})

    page = client.get("/manager/terms/").content.decode()
    form = client.get("/manager/terms/", {"term": "检修甲"}).content.decode()
    refused = client.post("/manager/terms/", {"term": "检修甲", "word": "飞碟乙"})
    none_yet = SynonymGroup.objects.count()
    done = client.post("/manager/terms/", {"term": "检修甲", "word": "维护"})
    after = client.get("/manager/terms/").content.decode()

    assert 'href="/manager/terms/?term=%E6%A3%80%E4%BF%AE%E7%94%B2#synonym"' in page
    assert "#synonym" not in after  # nothing is left to do
    assert "检修甲" in after
    assert 'value="检修甲"' in form
    assert (refused.status_code, none_yet) == (422, 0)
    assert (done.status_code, SynonymGroup.objects.count()) == (302, 1)
    assert "平台" in client.get("/search/", {"q": "检修甲"}).content.decode()


def test_nobody_else_reads_the_terms(client: Client) -> None:
    client.force_login(party(AuthorityFactory(), "operator").user)

    assert client.get("/manager/terms/").status_code == 403


def test_an_opened_hit_is_counted_and_another_site_counts_nothing() -> None:
    client = Client(enforce_csrf_checks=True)
    note_asked(parse("维护"), 1, NOON)

    own = client.post("/search/opened/", {"q": "维护"}, headers={"Sec-Fetch-Site": "same-origin"})
    other = client.post("/search/opened/", {"q": "维护"}, headers={"Sec-Fetch-Site": "cross-site"})
    write()

    assert (own.status_code, other.status_code) == (204, 204)
    assert TermCount.objects.get().opened_count == 1
