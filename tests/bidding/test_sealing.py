"""
Before the opening nobody but the bidder can tell whether anybody bids.

Two worlds are compared that differ in nothing but sealed bids. Every page that takes GET, read by
every kind of reader who is not the bidder, is the same in both to the last character, with the same
headers, cookies and number of queries; and so are the mails, the work after the commit and the
lines of the log.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from email import message_from_string
from email.header import decode_header, make_header
from io import StringIO
from typing import Any, NamedTuple

import pytest
import time_machine
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.snippets.models import get_snippet_models

from bidding.actions.bids import submit_bid, withdraw_bid
from bidding.models import Bid, Tender
from cms.actions.people import make_editor
from credit.actions import decide_case
from credit.models import Restriction
from marketplace.addresses import confirm_address
from marketplace.kernel.due import run_due, sweep_effects
from marketplace.kernel.models import Effect
from marketplace.models import Message
from marketplace.parties import Party
from tests.clock import NOON
from tests.factories.bidding import DEADLINE, TenderFactory, bidder
from tests.factories.credit import CaseFactory
from tests.factories.marketplace import AuthorityFactory, UserFactory, division, party
from tests.senders import Sender

pytestmark = pytest.mark.django_db
AMOUNTS = [Decimal("87654.32"), Decimal("76543.21"), Decimal("65432.10")]
WRITTEN = [form for amount in AMOUNTS for form in (f"{amount}", f"{amount:,}")]
APPS = ("marketplace", "credit", "bidding", "search")
CHANGING = re.compile(
    r'csrfmiddlewaretoken" value="[^"]+|"(X-CSRFToken|CSRF_TOKEN)": "[^"]+|[0-9a-f-]{32,36}'
    r'|data-altcha="[^"]+'
)
HOUR = timedelta(hours=1)
REFUSALS = {403, 404}


Place = tuple[str, str]
"""A reader and an address."""


class Answer(NamedTuple):
    """What a reader can see or measure of a page, without what changes at every request."""

    status: int
    text: str
    headers: dict[str, str]
    cookies: set[str]
    query_count: int


class World:
    """One order, who may read about it, and two agencies that may bid for it."""

    def __init__(self, **order: object) -> None:
        self.tender = TenderFactory(active=True, **order)
        item = self.tender.item
        self.bidders = [party(bidder(item), "agency_manager") for _ in range(2)]
        office = AuthorityFactory(division=division("360000"))
        self.case = CaseFactory(
            stated=True,
            organization=self.bidders[0].organization,
            authority=office,
            rulebook=self.tender.rulebook,
        )
        self.decider = UserFactory()
        self.readers: dict[str, Party | None] = {
            "public": None,
            "rival": party(bidder(item), "agency_manager"),
            "buyer": party(self.tender.buyer, "buyer_manager"),
            **{
                role: party(office, role)
                for role in ("operator", "regulator", "manager", "inspector")
            },
        }

    def pages(self) -> dict[Place, Answer]:
        """Return every page as each reader sees it, without what changes at every request."""
        return self.read((name, url) for name in self.readers for url in self.addresses())

    def read(self, places: Iterable[Place]) -> dict[Place, Answer]:
        """Return these pages, each as its reader sees it."""
        clients = {name: _client(reader) for name, reader in self.readers.items()}
        return {(name, url): _page(clients[name], url) for name, url in places}

    def keep(self, *names: str) -> None:
        """Let only the readers with these names read."""
        self.readers = {name: self.readers[name] for name in names}

    def addresses(self) -> list[str]:
        """Return the address of every page, of this order where it names one."""
        slugs = {
            "agency": self.bidders[0].organization.slug,
            "case": self.case.slug,
            "decision": self.case.slug,
            "own_case": self.case.slug,
        }
        found = []
        for namespace, pattern in patterns():
            if not takes_get(pattern):
                continue
            names = pattern.pattern.converters
            given = {
                "code": self.tender.item.code if pattern.name == "item" else self.tender.code,
                "slug": slugs.get(pattern.name or "", self.tender.slug),
                "sha256": self.tender.rulebook.sha256,
                "step": "check",
                "pk": "0",
                "frame": "page",
                "document": "none",
                "section": "tenders",
                "question": "none",
                "paper": "none",
                "agency": "none",
                "avoided": "none",
                "exemption": "none",
                "witness": "none",
                "template": "none",
                "project": "none",
                "token": "none",
                "scope": "none",
                "form": "none",
                "receipt": "none",
                "matter": "none",
                "key": "none",
                "name": "none",
                "kind": "csv",
                "version": "1",
                "number": "1",
                "part": "none",
                "act": "none",
                "of": "none",
                "expert": "none",
                "explanation": "none",
            }
            values = {name: given[name] for name in names}
            found.append(reverse(f"{namespace}:{pattern.name}", kwargs=values))
        return found


def _client(reader: Party | None) -> Client:
    client = Client()
    if reader is not None:
        client.force_login(reader.user, backend="marketplace.parties.PersonBackend")
    return client


def _page(client: Client, url: str) -> Answer:
    queries: list[str] = []

    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        response = client.get(url)
        text = b"".join(response) if response.streaming else response.content
    return Answer(
        response.status_code,
        CHANGING.sub("", text.decode(errors="replace")),  # a workbook is no text
        {name: CHANGING.sub("", value) for name, value in response.headers.items()},
        set(response.cookies),
        len(queries),
    )


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Yield every named address of our apps."""
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and entry.namespace in APPS:
            for pattern in entry.url_patterns:
                if isinstance(pattern, URLPattern) and pattern.name:
                    yield entry.namespace, pattern


def takes_get(pattern: URLPattern) -> bool:
    """Tell whether an address has a page; an act alone answers 405 before it looks at anything."""
    view_class = getattr(pattern.callback, "view_class", None)
    return view_class is None or hasattr(view_class, "get")


def telling(pages: dict[Place, Answer]) -> list[Place]:
    """
    Return the places that are worth a second reading: of those refused alike, one a page.

    Whoever is sent elsewhere goes again: the next page may say why.
    """
    refused: set[tuple[str, int]] = set()
    found = []
    for (reader, url), answer in pages.items():
        if (url, answer.status) not in refused:
            found.append((reader, url))
        if answer.status in REFUSALS:
            refused.add((url, answer.status))
    return found


@pytest.fixture
def world() -> World:
    """Return the world in a process that knows its models, as any has that has answered before."""
    ContentType.objects.get_for_models(*apps.get_models())
    return World()


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def bid_all_ways(world: World) -> None:
    """Sign up, offer less, take back and offer again, as two agencies."""
    first, second = world.bidders
    for who, amount, at in [
        (first, AMOUNTS[0], NOON - HOUR),
        (first, AMOUNTS[1], NOON - HOUR / 2),
        (second, AMOUNTS[2], NOON - HOUR / 3),
    ]:
        submit_bid(tender=world.tender, agency=who.organization, amount=amount, by=who.user, at=at)
    bid = Bid.objects.get(agency=second.organization)
    withdraw_bid(bid=bid, by=second.user, at=NOON - HOUR / 4)


def read_at(
    world: World,
    at: datetime,
    *acts: Callable[[World], object],
    places: Iterable[Place] | None = None,
) -> dict[Place, Answer]:
    """Return `places`, else all pages, at `at` after `acts`, and take the acts back."""
    with undone():
        for act in acts:
            act(world)
        with time_machine.travel(at, tick=False):
            return world.pages() if places is None else world.read(places)


def told(without: dict[Place, Answer], with_bids: dict[Place, Answer]) -> list[Place]:
    """Return where a reader sees that somebody bids."""
    return [place for place, answer in with_bids.items() if answer != without[place]]


# --- pages ---
def test_the_addresses_are_all_of_them(world):
    names = {pattern.name for _namespace, pattern in patterns()}

    assert {"tender", "tender_list", "bid", "operator_tender", "search", "own_record"} <= names
    acts = [pattern.name for _namespace, pattern in patterns() if not takes_get(pattern)]
    assert len(world.addresses()) == len(list(patterns())) - len(acts)
    assert {"tender", "bid", "operator_tender"}.isdisjoint(acts)


def test_an_act_alone_is_no_page_whatever_it_is_on(world):
    [address] = [
        reverse(f"{namespace}:{pattern.name}", kwargs={"slug": "none"})
        for namespace, pattern in patterns()
        if pattern.name == "operator_approve"
    ]

    assert _page(_client(world.readers["operator"]), address).status == 405


def test_who_is_shown_a_page_reads_it_twice_and_one_of_those_who_are_refused_alike():
    def answer(status: int) -> Answer:
        return Answer(status, "", {}, set(), 0)

    pages = {
        ("public", "/a/"): answer(200),
        ("rival", "/a/"): answer(200),
        ("public", "/b/"): answer(302),
        ("rival", "/b/"): answer(404),
        ("buyer", "/b/"): answer(404),
        ("operator", "/b/"): answer(200),
    }

    assert telling(pages) == [place for place in pages if place != ("buyer", "/b/")]


@pytest.mark.parametrize(
    ("at", "readers"),
    [
        (NOON, ["public", "rival", "buyer", "operator", "regulator", "manager", "inspector"]),
        (DEADLINE + timedelta(seconds=30), ["rival", "operator"]),
    ],
)
def test_no_page_tells_whether_anybody_bids(world, at, readers):
    world.keep(*readers)
    without = read_at(world, at)

    with_bids = read_at(world, at, bid_all_ways, places=telling(without))

    assert {answer.status for answer in with_bids.values()} >= {200, 302, 403, 404}
    assert told(without, with_bids) == []


def test_the_bidder_itself_sees_that_it_bids_and_no_amount_that_nobody_here_can_read(world):
    first = world.bidders[0]
    bid_all_ways(world)
    world.readers = {"own": first}

    place = ("own", f"/tenders/{world.tender.code}/bid/")
    pages = world.read([place])

    text = pages[place].text
    assert "第 2 次报价" in text
    assert "已密封" in text
    assert not [form for form in WRITTEN if form in text]


def test_no_page_tells_what_a_sanction_has_ended(world):
    world.keep("public", "buyer", "regulator")

    def decide(world: World) -> None:
        decide_case(case=world.case, reasons="事实清楚。", by=world.decider, at=NOON)
        restriction = Restriction.objects.get(case=world.case)
        restriction.slug = "steadyslug22"
        restriction.save()

    without = read_at(world, NOON + HOUR, decide)
    places = telling(without)
    with_bids = read_at(world, NOON + HOUR, bid_all_ways, decide, places=places)

    assert told(without, with_bids) == []


def test_a_failed_order_stays_sealed():
    world = World(fund="fiscal")
    world.keep("public", "rival", "buyer", "operator")

    def fail(_world: World) -> None:
        run_due(DEADLINE + HOUR)

    pages = read_at(world, DEADLINE + HOUR, bid_all_ways, fail)

    texts = {place: answer.text for place, answer in pages.items()}
    for (reader, url), text in texts.items():
        assert not [form for form in WRITTEN if form in text], (reader, url)
        if url.startswith(("/tenders/", "/buyer/")):
            assert world.bidders[0].organization.name not in text, (reader, url)
    assert "有效报名 1 家，少于规则要求的 3 家" in texts["public", f"/tenders/{world.tender.code}/"]


def test_the_editors_admin_knows_nothing_of_bids(world):
    call_command("load_pages", at=NOON, stdout=StringIO())
    editor = make_editor(user=UserFactory(), by=None, at=NOON)
    client = Sender()
    client.force_login(editor, backend="marketplace.parties.PersonBackend")
    pages = ["/cms/", "/cms/pages/", "/cms/reports/site-history/"]

    def admin() -> dict[str, tuple[int, str]]:
        return {url: _page(client, url)[:2] for url in pages}

    without = admin()
    bid_all_ways(world)
    with_bids = admin()

    assert with_bids == without
    assert without["/cms/"][0] == 200
    registered = {model._meta.app_label for model in get_snippet_models()}
    assert registered.isdisjoint(APPS)
    assert not apps.is_installed("django.contrib.admin")


# --- everything else that leaves the act ---
def test_mails_about_a_bid_go_to_the_bidder_and_hold_no_amount(world, mailoutbox):
    for who in world.bidders:
        confirm_address(who.user)

    bid_all_ways(world)

    sweep_effects(NOON)

    addresses = {who.user.email for who in world.bidders}
    assert {address for mail in mailoutbox for address in mail.to} == addresses
    assert not [mail for mail in mailoutbox if any(form in mail.body for form in WRITTEN)]
    assert {message.user for message in Message.objects.all()} == {
        who.user for who in world.bidders
    }


def test_nothing_but_mail_is_done_after_a_bid(world):
    before = set(Effect.objects.values_list("pk", flat=True))

    bid_all_ways(world)

    after = Effect.objects.exclude(pk__in=before)
    assert {effect.kind for effect in after} == {"email"}
    assert {tuple(effect.payload) for effect in after} == {("message",)}


def test_the_log_holds_neither_amount_nor_bidder(world, caplog):
    caplog.set_level(0)

    bid_all_ways(world)
    sweep_effects(NOON)

    names = [who.organization.name for who in world.bidders]
    slugs = list(Bid.objects.values_list("slug", flat=True))
    assert not [word for word in [*WRITTEN, *names, *slugs] if word in caplog.text]


def test_the_order_itself_is_not_touched_by_a_bid(world):
    before = Tender.objects.filter(pk=world.tender.pk).values().get()

    bid_all_ways(world)

    assert Tender.objects.filter(pk=world.tender.pk).values().get() == before


def sent(world: World) -> None:
    """Bid in all ways, and send what is to be sent."""
    for who in world.bidders:
        confirm_address(who.user)
    bid_all_ways(world)
    sweep_effects(NOON)


def names_the_order(world: World, text: str) -> bool:
    order = world.tender
    return any(
        word in text for word in (order.title, str(order.code), order.slug, order.buyer.name)
    )


def test_the_subject_of_a_mail_to_a_bidder_names_no_order(world, mailoutbox):
    sent(world)

    assert mailoutbox
    assert not [mail.subject for mail in mailoutbox if names_the_order(world, mail.subject)]


def test_the_mail_folder_and_the_mail_server_see_no_order_beside_an_address(
    world, mailoutbox, settings, tmp_path, caplog
):
    """What stands in a file of the folder is what SMTP hands over, heads and body alike."""
    caplog.set_level(0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)

    sent(world)

    written = [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()]
    letters = [message_from_string(text) for text in written]
    told = [str(make_header(decode_header(one["Subject"] or ""))) for one in letters]
    bodies = [(one.get_payload(decode=True) or b"").decode() for one in letters]
    assert letters
    assert not [text for text in [*told, *bodies] if names_the_order(world, text)]
    assert not [path.name for path in tmp_path.iterdir() if names_the_order(world, path.name)]
    assert not names_the_order(world, caplog.text)


def test_no_row_of_another_s_messages_is_about_a_bid(world):
    sent(world)

    bidders = [who.user for who in world.bidders]
    assert not Message.objects.exclude(user__in=bidders).exists()
    for who in world.bidders:
        others = {other.organization.name for other in world.bidders if other != who}
        own = Message.objects.filter(user=who.user)
        assert {row.organization_id for row in own} == {who.organization.pk}
        assert not [row for row in own for name in others if name in row.subject + row.body]


def test_the_figures_of_the_platform_are_by_no_address_and_no_order(world, settings):
    settings.METRICS_TOKEN = "a-word"  # noqa: S105 - of this test alone
    client = Client(headers={"Authorization": "Bearer a-word"})

    def labels() -> set[str]:
        lines = client.get("/metrics").content.decode().splitlines()
        return {line.rpartition(" ")[0] for line in lines if not line.startswith("#")}

    before = labels()
    sent(world)

    assert labels() == before
    assert not names_the_order(world, " ".join(before))
