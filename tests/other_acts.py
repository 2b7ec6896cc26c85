"""What another process does for a test, at the tests' moment: see `tests.other_process`."""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()  # the process begins here

import time_machine
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import Client
from factory import Factory

from bidding.models import Tender
from cms.actions.people import make_editor
from marketplace.kernel import known
from marketplace.kernel.models import Parameter
from marketplace.models import Organization
from marketplace.web.pages_kept import kept_pages
from marketplace.web.parts_kept import kept_parts
from tests.clock import NOON
from tests.factories import bidding, credit, marketplace
from tests.factories.bidding import AwardFactory, TenderFactory
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import UserFactory
from tests.notices import publish_notice as publish


def restrict(organization: int) -> str:
    """Restrict an organisation for all to see; return the number of the decision."""
    found = Organization.objects.get(pk=organization)
    return str(RestrictionFactory(organization=found).case.decision_number)


def award(tender: int) -> str:
    """Award an order that is opened; return the winner's name."""
    return str(AwardFactory(tender=Tender.objects.get(pk=tender)).bid.agency.name)


def publish_order(title: str) -> None:
    """Publish an order that takes bids."""
    TenderFactory(active=True, title=title)


def change_rule(value: str) -> None:
    """State another value of a rule, for all its areas at once."""
    Parameter.objects.filter(key="order.service_max").update(value=value)


def publish_notice(title: str) -> None:
    """Publish a notice as an editor does."""
    editor = make_editor(user=UserFactory(username="another_editor"), by=None, at=NOON)
    texts = {"source": "省数据局", "summary": "一句话。", "body": "<p>正文</p>"}
    publish(slug="another-notice", title=title, by=editor, at=NOON, **texts)


def keep_no_page() -> None:
    """Keep no page whole until the next test: what is kept below it is asked for."""
    settings.KEPT_PAGES_BYTES = 0


def forget() -> None:
    """Forget what was read of the rows of an earlier test, as each test does in its own process."""
    settings.KEPT_PAGES_BYTES = PAGES_BYTES
    known.forget()
    kept_pages.clear()
    kept_parts.clear()
    cache.clear()
    ContentType.objects.clear_cache()


PAGES_BYTES = settings.KEPT_PAGES_BYTES
FACTORIES = [
    one
    for module in (bidding, credit, marketplace)
    for one in vars(module).values()
    if isinstance(one, type) and issubclass(one, Factory)
]
ACTS = {
    one.__name__: one
    for one in (restrict, award, publish_order, change_rule, publish_notice, keep_no_page, forget)
}


def answer(asked: dict[str, Any]) -> Any:
    """Return the answer to one line."""
    if "act" in asked:
        return ACTS[asked["act"]](**asked["values"])
    if "path" in asked:
        return Client().get(asked["path"]).content.decode()
    return kept_pages.figures()["hits"]


if __name__ == "__main__":
    for numbered in FACTORIES:
        numbered.reset_sequence(5_000, force=True)  # beside those of the test
    with time_machine.travel(NOON, tick=False):
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line))), flush=True)
