"""A public page drawn once for everybody: what each reader finds in it, and what nobody does."""

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marketplace.models import Membership
from marketplace.web.languages import OFFICIAL
from marketplace.web.pages_kept import kept_pages
from tests.factories.bidding import TenderFactory, bidder, load_reference
from tests.factories.marketplace import AuthorityFactory, BuyerFactory, UserFactory, party

Role = Membership.Role
OUT = re.compile("退出登录|Log out")
TOKEN = re.compile(r'csrfmiddlewaretoken" value="[^"]+')
PATHS = (
    *("/tenders/", "/tenders/?page=1", "/awards/", "/items/", "/agencies/", "/agencies/publicity/"),
    *("/credit/", "/rules/", "/laws/"),
)


@pytest.fixture
def site(transactional_db: None) -> None:
    load_reference()


def signed_in(user: object, **cookies: str) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    for name, text in cookies.items():
        client.cookies[name] = text
    return client


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    lines = TOKEN.sub("", response.content.decode()).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


@pytest.mark.usefixtures("site")
def test_each_reader_gets_the_page_that_would_be_drawn_for_them_alone() -> None:
    agency = bidder(name="南昌甲咨询公司")
    item = TenderFactory(active=True).item
    users = [
        party(agency, Role.AGENCY_MANAGER).user,
        party(BuyerFactory().organization, Role.BUYER_MANAGER).user,
        party(AuthorityFactory(), Role.OPERATOR).user,
        UserFactory(),
    ]
    readers = [signed_in(user) for user in users] + [signed_in(users[0], mode="elder")]
    readers.append(signed_in(users[0], lang="en"))
    paths = (*PATHS, f"/items/{item.code}/", f"/agencies/{agency.slug}/")
    together = {(n, path): page(one, path) for path in paths for n, one in enumerate(readers)}

    kept = kept_pages.figures()["pages"]
    with transaction.atomic():  # where nothing has a version
        alone = {(n, path): page(one, path) for path in paths for n, one in enumerate(readers)}

    said = [path for path in paths if not path.startswith(OFFICIAL)]
    assert kept == 2 * len(paths) + len(said)  # what binds is the same for who reads English
    assert together == alone
    assert all(OUT.search(text) and "\0" not in text for text in together.values())
    english = {path: '<html lang="en"' in together[len(readers) - 1, path] for path in paths}
    assert english == {path: path in said for path in paths}


@pytest.mark.usefixtures("site")
def test_a_signed_in_reader_asks_for_themselves_alone_and_sees_what_was_decided() -> None:
    client = signed_in(party(bidder(), Role.AGENCY_MANAGER).user)
    page(client, "/tenders/")

    with CaptureQueriesContext(connection) as captured:
        page(client, "/tenders/")
    order = TenderFactory(active=True, title="看得见的公告")

    tables = [query["sql"].split(" FROM ")[1].split()[0].strip('"') for query in captured]
    assert sorted(tables) == [
        "auth_permission",
        "django_session",
        "marketplace_membership",
        "marketplace_message",
        "marketplace_publicchange",
    ]
    assert order.title in page(client, "/tenders/")
