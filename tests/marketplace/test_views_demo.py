from datetime import timedelta

import pytest
from django.test import Client

from marketplace.kernel.clock import move_to, now  # noqa: TID251 - the clock is what is tested
from marketplace.kernel.due import DUE_WORK
from marketplace.kernel.models import ClockOffset
from marketplace.models import Agency
from marketplace.schedule import due_work
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, answering) -> None:
    settings.DEMO = True
    answering(DUE_WORK.answer(due_work))


@pytest.mark.parametrize("method", ["get", "post"])
def test_outside_the_demo_there_is_no_such_page(client: Client, method: str) -> None:
    assert getattr(client, method)("/demo/clock/", {"to": "day"}).status_code == 404
    assert not ClockOffset.objects.exists()


@pytest.mark.usefixtures("demo")
def test_the_clock_moves_by_post_alone(client: Client) -> None:
    assert client.get("/demo/clock/?to=day").status_code == 200
    assert now() == NOON


@pytest.mark.usefixtures("demo")
def test_a_page_asks_for_the_bar_alone_and_without_scripts_it_is_a_page(client: Client) -> None:
    bar = client.get("/demo/clock/?next=/rules/", headers={"HX-Request": "true"}).content.decode()
    page = client.get("/demo/clock/?next=/rules/").content.decode()

    assert bar.lstrip().startswith("<aside")
    for drawn in (bar, page):
        assert '<input type="hidden" name="next" value="/rules/">' in drawn
        assert drawn.count("推进一天") == 1
        assert "2026年11月24日 12:00" in drawn
    assert "<h1>演示时钟</h1>" in page


@pytest.mark.usefixtures("demo")
def test_the_clock_needs_the_token(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/demo/clock/", {"to": "day"}).status_code == 403
    assert now() == NOON


@pytest.mark.usefixtures("demo")
def test_the_clock_moves_a_day_and_comes_back_to_the_page(client: Client) -> None:
    page = client.post("/demo/clock/", {"to": "day", "next": "/rules/?a=1"})

    assert page.url == "/rules/?a=1"
    assert now() == NOON + timedelta(days=1)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("elsewhere", ["https://evil.test/", "//evil.test", "javascript:x", ""])
def test_the_clock_never_leads_to_another_host(client: Client, elsewhere: str) -> None:
    page = client.post("/demo/clock/", {"to": "day", "next": elsewhere})

    assert page.url == "/workbench/"


@pytest.mark.usefixtures("demo")
def test_the_clock_moves_to_the_next_deadline_and_does_what_is_due(client: Client) -> None:
    agency = AgencyFactory(publicity=True)
    later = AgencyFactory(publicity=True, publicity_ends_at=NOON + timedelta(days=30))

    client.post("/demo/clock/", {"to": "next"})

    agency.refresh_from_db()
    later.refresh_from_db()
    assert now() == agency.publicity_ends_at == agency.activated_at
    assert (agency.status, later.status) == (Agency.Status.ACTIVE, Agency.Status.PUBLICITY)


@pytest.mark.usefixtures("demo")
def test_the_clock_moves_a_day_when_no_deadline_is_left(client: Client) -> None:
    client.post("/demo/clock/", {"to": "next"})

    assert now() == NOON + timedelta(days=1)


def test_outside_the_demo_a_stored_offset_counts_for_nothing(settings) -> None:
    ClockOffset.objects.move_forward(timedelta(days=3))

    assert now() == NOON
    settings.DEMO = True
    assert now() == NOON + timedelta(days=3)


def test_the_clock_never_moves_back(settings) -> None:
    settings.DEMO = True

    move_to(NOON + timedelta(days=2))
    move_to(NOON + timedelta(days=1))

    assert now() == NOON + timedelta(days=2)


@pytest.mark.usefixtures("demo", "rules")
def test_every_page_of_the_demo_asks_for_the_bar_and_leads_to_it(client: Client, settings) -> None:
    shown = client.get("/rules/?a=1").content.decode()
    settings.DEMO = False

    assert 'hx-get="/demo/clock/"' in shown
    assert '<a href="/demo/clock/?next=/rules/%3Fa%3D1" rel="nofollow">' in shown
    assert "演示时钟" not in client.get("/rules/").content.decode()


@pytest.mark.usefixtures("demo")
def test_the_bar_leads_back_to_the_page_that_asks_for_it(
    client: Client,
) -> None:
    asking = {"HX-Request": "true", "HX-Current-URL": "https://market.example.test/rules/?a=1"}

    bar = client.get("/demo/clock/", headers=asking).content.decode()

    assert '<input type="hidden" name="next" value="/rules/?a=1">' in bar
