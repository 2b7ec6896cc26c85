"""Where the demo refuses to play, and that it then changes nothing."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from bidding.actions.sealing import Opener, SeedForeseen
from bidding.actions.tenders import publish_tender
from bidding.models import Seal, Tender
from bidding.selection.draw import SeedOfWrongLength
from marketplace.kernel.models import AuditEntry
from marketplace.models import Organization, User
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, load_reference
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def test_demo_refuses_a_database_that_holds_other_data_and_changes_nothing(
    settings: Any,
) -> None:
    settings.DEMO = True
    UserFactory(username="somebody")

    with pytest.raises(CommandError, match=r"holds rows of marketplace\.User\. Nothing was"):
        call_command("demo")

    assert [user.username for user in User.objects.all()] == ["somebody"]
    assert not Organization.objects.exists()
    assert not AuditEntry.objects.exists()


def test_demo_if_empty_ends_quietly_when_there_are_data(settings: Any, capsys: Any) -> None:
    settings.DEMO = True
    UserFactory()

    call_command("demo", "--if-empty")

    assert capsys.readouterr() == ("", "")
    assert not Organization.objects.exists()


def test_demo_refuses_where_demo_is_off() -> None:
    with pytest.raises(CommandError, match="DEMO=1 only"):
        call_command("demo")

    assert not User.objects.exists()


def test_demo_refuses_a_day_that_is_still_to_come(settings: Any) -> None:
    settings.DEMO = True
    tomorrow = timezone.localdate() + timedelta(days=2)

    with pytest.raises(CommandError, match="still to come"):
        call_command("demo", "--day", str(tomorrow))

    assert not User.objects.exists()


def test_demo_refuses_a_story_that_begins_before_the_rules(settings: Any) -> None:
    settings.DEMO = True

    with pytest.raises(CommandError, match="the rulebook on 2025-01-01"):
        call_command("demo", "--day", "2025-03-03", verbosity=0)

    assert not User.objects.exists()


# --- The seeds of its draws -----------------------------------------------------------------------
ROOT = Path(__file__).resolve().parents[2]
APPS = ("marketplace", "credit", "bidding", "cms", "search")


@pytest.mark.parametrize(
    ("demo", "seed", "error"),
    [(False, bytes(32), SeedForeseen), (False, b"", SeedForeseen), (True, b"", SeedOfWrongLength)],
)
def test_no_seed_is_chosen_by_hand_where_demo_is_off_and_never_a_short_one(
    settings: Any, demo: bool, seed: bytes, error: type[Exception]
) -> None:
    settings.DEMO = demo
    load_reference()
    tender = TenderFactory(reviewed=True)

    with pytest.raises(error):
        publish_tender(tender=tender, by=UserFactory(), at=NOON, demo_seed=seed)

    assert Tender.objects.get().status == "reviewed"
    assert not Seal.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_seed_is_random_in_the_demo_too_unless_its_script_gives_one(settings: Any) -> None:
    settings.DEMO = True
    load_reference()
    orders = [TenderFactory(reviewed=True) for _order in range(2)]

    published = [publish_tender(tender=one, by=UserFactory(), at=NOON) for one in orders]

    assert len({Opener(order).seed_of(order.seal) for order in published}) == 2


def test_nothing_but_the_script_of_the_demo_gives_a_seed() -> None:
    named = {
        str(path.relative_to(ROOT))
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if re.search(r"\bdemo_seed\b", path.read_text(encoding="utf-8"))
    }

    assert named == {
        "bidding/actions/experts.py",
        "bidding/actions/inspections.py",
        "bidding/actions/sealing.py",
        "bidding/actions/tenders/amendments.py",
        "bidding/actions/tenders/publication.py",
        "cms/demo/stories/experts.py",
        "cms/demo/stories/inspections.py",
        "cms/demo/stories/orders.py",
    }
