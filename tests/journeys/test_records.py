"""Every public record can be passed on, printed and followed, all of them in the same way."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from marketplace.kernel.models import Law
from marketplace.web.moments import cn_deadline
from tests.clock import NOON
from tests.factories.bidding import ContractFactory, TenderFactory, load_reference, rulebook
from tests.factories.credit import RestrictionFactory
from tests.factories.disputes import DisputeFactory
from tests.markup import on_one_line
from tests.notices import publish_notice

pytestmark = pytest.mark.django_db

FOLLOWED = {"order", "letter", "agency", "owner", "item", "decision", "law"}
WITH_DEADLINES = {"order", "owner", "item"}


@pytest.fixture
def records() -> dict[str, str]:
    """Return the address of one record of each kind."""
    load_reference()
    call_command("load_pages", at=NOON, verbosity=0)
    award = ContractFactory().award
    tender = award.tender
    restriction = RestrictionFactory(organization=award.bid.agency)
    complaint = DisputeFactory(decided=True)
    told = {"slug": "rain", "title": "雨天", "source": "省", "summary": "", "body": "照常。"}
    notice = publish_notice(**told, by=tender.created_by, at=NOON)
    law = Law.objects.first()
    assert law is not None
    return {
        "order": reverse("bidding:tender", args=[tender.code]),
        "letter": reverse("bidding:award_letter", args=[tender.code]),
        "agency": reverse("bidding:agency", args=[award.bid.agency.slug]),
        "owner": reverse("bidding:owner", args=[tender.buyer.slug]),
        "item": reverse("bidding:item", args=[tender.item.code]),
        "decision": reverse("credit:decision", args=[restriction.slug]),
        "complaint": reverse("bidding:complaint", args=[complaint.number]),
        "notice": notice.url,
        "law": reverse("marketplace:law", args=[law.slug]),
        "rulebook": reverse("marketplace:rulebook"),
        "version": reverse("marketplace:rulebook_version", args=[rulebook().sha256]),
    }


def test_every_record_has_its_address_its_code_and_what_can_be_followed(
    client: Client, records: dict[str, str]
) -> None:
    pages = {name: on_one_line(client.get(path)) for name, path in records.items()}

    for name, page in pages.items():
        path = records[name]
        assert page.count('id="pass-on"') == 1, name
        assert f'<a id="address" href="{path}">http://127.0.0.1:8000{path}</a>' in page, name
        assert f'src="{reverse("marketplace:qr", args=[path.strip("/")])}"' in page, name
        assert page.count("data-print") == 1, name
    assert {name for name, page in pages.items() if "/feeds/search.atom?q=" in page} == FOLLOWED
    assert {name for name, page in pages.items() if "/feeds/search.ics?q=" in page} == (
        WITH_DEADLINES
    )


def test_an_order_says_what_comes_next_and_until_when(client: Client) -> None:
    load_reference()
    tender = TenderFactory(active=True)

    page = on_one_line(client.get(reverse("bidding:tender", args=[tender.code])))

    end = page.partition('<h2 id="pass-on">接下来</h2>')[2].partition("</dl>")[0]
    assert "<dt>报名中</dt><dd>至 <time" in end
    assert cn_deadline(tender.tender_period_end) in end
    assert end.count("<dt>") == 2
