from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace import pages
from marketplace.models import Membership, Message
from marketplace.parties import Party
from marketplace.web.workbench import NAV
from tests.clock import NOON
from tests.factories.marketplace import BuyerFactory, party

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Party:
    return party(BuyerFactory().organization, Membership.Role.BUYER_MANAGER)


def message_to(reader: Party, subject: str = "形式审核通过", **values) -> Message:
    defaults = {"kind": "marketplace/test", "body": "请查看。", "created_at": NOON}
    return Message.objects.create(
        user=reader.user,
        organization=reader.organization,
        subject=subject,
        **{**defaults, **values},
    )


def test_the_inbox_is_grouped_by_day_newest_first(client: Client, reader: Party) -> None:
    old = message_to(reader, created_at=NOON - timedelta(days=1))
    first = message_to(reader, created_at=NOON - timedelta(hours=1))
    last = message_to(reader)
    client.force_login(reader.user)

    days = client.get("/inbox/").context["days"]

    assert [(str(it.day), [row.slug for row in it.messages]) for it in days] == [
        ("2026-11-24", [last.slug, first.slug]),
        ("2026-11-23", [old.slug]),
    ]


def test_the_moment_of_a_message_is_written_as_html_reads_it(client: Client, reader: Party) -> None:
    message_to(reader, created_at=NOON.replace(microsecond=549_941))
    client.force_login(reader.user)

    page = client.get("/inbox/").content.decode()

    assert '<time datetime="2026-11-24T12:00:00+0800">12:00</time>' in page


def test_the_inbox_can_be_read_from_its_beginning(client: Client, reader: Party) -> None:
    old = message_to(reader, created_at=NOON - timedelta(days=1))
    last = message_to(reader)
    client.force_login(reader.user)

    page = client.get("/inbox/?sort=oldest")

    shown = [[row.slug for row in it.messages] for it in page.context["days"]]
    assert shown == [[old.slug], [last.slug]]
    assert [(link.url, link.is_on) for link in page.context["sorting"].links] == [
        ("?", False),
        ("?sort=oldest", True),
    ]


def test_opening_a_message_marks_it_read_and_links_to_what_it_is_about(
    client: Client, reader: Party
) -> None:
    message = message_to(reader, url="/admission/")
    client.force_login(reader.user)
    assert client.get("/inbox/").context["unread_count"] == 1

    page = client.get(f"/inbox/{message.slug}/").content.decode()

    message.refresh_from_db()
    assert message.read_at == NOON
    assert 'href="/admission/"' in page
    assert client.get("/inbox/").context["unread_count"] == 0


def test_somebody_else_s_message_is_404_and_stays_unread(client: Client, reader: Party) -> None:
    colleague = party(reader.organization, Membership.Role.BUYER_AGENT)
    message = message_to(colleague)
    client.force_login(reader.user)

    assert client.get(f"/inbox/{message.slug}/").status_code == 404
    message.refresh_from_db()
    assert message.read_at is None


def test_a_message_to_another_organization_of_one_s_own_offers_to_act_for_it_first(
    client: Client, reader: Party
) -> None:
    other = party(BuyerFactory().organization, Membership.Role.BUYER_AGENT, user=reader.user)
    message = message_to(other, subject="合同等您确认")
    path = f"/inbox/{message.slug}/"
    client.force_login(reader.user)
    assert client.get("/inbox/").context["days"] == []

    page = client.get(path).content.decode()

    message.refresh_from_db()
    assert message.read_at is None
    assert "合同等您确认" not in page
    assert f'name="next" value="{path}"' in page
    assert f'name="organization" value="{other.organization.slug}"' in page

    switched = client.post(
        "/workbench/switch/", {"organization": other.organization.slug, "next": path}
    )
    assert switched["Location"] == path
    assert "合同等您确认" in client.get(path).content.decode()
    message.refresh_from_db()
    assert message.read_at == NOON


def test_a_message_of_an_organization_that_one_has_left_is_404(
    client: Client, reader: Party
) -> None:
    left = party(BuyerFactory().organization, Membership.Role.BUYER_AGENT, user=reader.user)
    message = message_to(left)
    Membership.objects.filter(organization=left.organization).update(is_active=False)
    client.force_login(reader.user)

    assert client.get(f"/inbox/{message.slug}/").status_code == 404
    message.refresh_from_db()
    assert message.read_at is None


def test_an_empty_inbox_says_what_would_be_there(client: Client, reader: Party) -> None:
    client.force_login(reader.user)

    assert "还没有通知" in client.get("/inbox/").content.decode()


def test_the_inbox_needs_the_same_queries_for_one_message_and_for_many(
    client: Client, reader: Party, django_assert_num_queries: DjangoAssertNumQueries, answering
) -> None:
    answering(NAV.answer(pages.nav))
    message_to(reader)
    client.force_login(reader.user)
    client.get("/inbox/")
    with django_assert_num_queries(7) as one:
        client.get("/inbox/")
    for _message in range(40):
        message_to(reader)

    with django_assert_num_queries(len(one)):
        page = client.get("/inbox/")
    assert page.context["page_obj"].paginator.num_pages == 2
