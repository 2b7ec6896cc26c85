"""The parts of `make bench` that need neither PostgreSQL nor a load generator."""

import urllib.request

import pytest

from bench import grow, growth
from bench.run import bare_server, pages, queries_of, row
from bidding.models import Award, Bid, Tender
from tests.factories.bidding import AwardFactory


@pytest.fixture
def measured(settings) -> dict[str, str]:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    AwardFactory()
    return pages()


@pytest.mark.django_db
def test_every_measured_page_answers_and_its_queries_are_statements_with_their_values(measured):
    assert list(measured) == ["home", "order list", "order page"]
    for path in measured.values():
        statements = queries_of(path)
        assert statements != []
        assert [text for text in statements if "%s" in text or not text.startswith("SELECT")] == []


@pytest.mark.django_db
def test_a_page_that_is_not_there_ends_the_benchmark(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]

    with pytest.raises(SystemExit, match="/nothing/ answers 404"):
        queries_of("/nothing/")


def test_the_bare_view_is_served_as_the_platform_is():
    with bare_server() as address, urllib.request.urlopen(address) as answer:  # noqa: S310 - ours
        assert (answer.status, len(answer.read())) == (200, 22000)


def test_the_columns_of_the_table_stand_below_each_other():
    head = row("page", "pages/s", "bare/page", "queries", "SQL/s", "SQL/page")

    assert len(row("home", 12.34, 56.78, 9, 10.11, 1.2)) == len(head)
    assert row("home", 12.34)[:22] == "home              12.3"


def test_growth_is_told_by_its_ratio():
    assert growth.Growth("/", 0.02, 0.05, 13).ratio == pytest.approx(2.5)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_grown_province_has_copies_that_belong_together(monkeypatch):
    for name, number in {"WORLDS": 2, "LATER_AGENCIES": 3, "TRAILS": 1}.items():
        monkeypatch.setattr(grow, name, number)
    award = AwardFactory(active=True)
    grow.check()

    grow.grow(times=1)

    orders = Tender.objects.order_by("pk")
    assert [order.pk - award.tender.pk for order in orders] == [0, grow.STRIDE, 2 * grow.STRIDE]
    assert len({order.code for order in orders}) == 3
    for copied in Award.objects.all():
        assert copied.tender.pk % grow.STRIDE == award.tender.pk
        assert copied.bid.tender == copied.tender
        assert copied.letter_number[-5:] != award.letter_number[-5:] or copied.pk == award.pk
    own, rivals = 1 + 2, 2 * grow.RIVALS
    assert Bid.objects.filter(agency__name=award.bid.agency.name).count() == own + rivals
    with pytest.raises(SystemExit, match="this province is grown already"):
        grow.check()
