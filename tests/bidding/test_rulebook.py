"""An order keeps the rules it was published under, also when the code later asks for more."""

import csv
import json

import pytest
from django.db.models import QuerySet

from bidding.actions.tenders import publish_tender
from bidding.models import Tender
from bidding.rulebook import LATER, bound_values, rules_for
from bidding.rules import RuleMissing
from marketplace.actions.rulebook import pin_rulebook
from marketplace.kernel.models import Parameter, RulebookVersion
from marketplace.kernel.rules import values_of
from tests.bidding.test_rules import KEYS
from tests.clock import NOON
from tests.factories.bidding import PUBLISHED, TenderFactory, load_reference
from tests.factories.marketplace import UserFactory, division

pytestmark = pytest.mark.django_db


def defaults() -> list[dict[str, str]]:
    with LATER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parameters_of(key: str) -> QuerySet[Parameter]:
    return Parameter.objects.filter(key=key)


def version_without(key: str) -> RulebookVersion:
    """Return the version of a province that does not know `key` yet, and let it learn it then."""
    load_reference()
    known = list(parameters_of(key))
    parameters_of(key).delete()
    version = pin_rulebook(division=division("360000"), at=PUBLISHED)
    Parameter.objects.bulk_create(known)
    return version


@pytest.mark.parametrize("row", defaults(), ids=lambda row: row["key"])
def test_an_order_older_than_a_key_obeys_its_default_and_not_what_is_in_force_now(row) -> None:
    key, value = row["key"], json.loads(row["value"])
    version = version_without(key)
    parameters_of(key).update(value=value + 7)

    tender = TenderFactory(active=True, rulebook=version)

    names = {
        "order.signup_max": "signup_max_days",
        "order.service_max": "service_max_days",
        "rating.high_stars": "rating_high_stars",
        "rating.low_stars": "rating_low_stars",
        "reminder.before": "reminder_days",
    }
    assert getattr(rules_for(tender, NOON), names[key]) == value
    assert key not in values_of(version)
    assert bound_values(version) == {**values_of(version), key: value}


@pytest.mark.parametrize("row", defaults(), ids=lambda row: row["key"])
def test_an_order_that_has_the_key_keeps_its_own_value(row) -> None:
    key = row["key"]
    load_reference()
    parameters_of(key).update(value=7)
    version = pin_rulebook(division=division("360000"), at=PUBLISHED)

    assert bound_values(version)[key] == 7


@pytest.mark.parametrize("row", defaults(), ids=lambda row: row["key"])
def test_nothing_is_published_under_a_rulebook_that_lacks_the_key_now(row) -> None:
    load_reference()
    tender = TenderFactory(reviewed=True)
    parameters_of(row["key"]).delete()

    with pytest.raises(RuleMissing, match=f"{row['key']}$"):
        publish_tender(tender=tender, by=UserFactory(), at=NOON)

    tender.refresh_from_db()
    assert tender.status == Tender.Status.REVIEWED
    assert not RulebookVersion.objects.exists()


def test_every_default_is_of_a_key_that_is_read_and_says_its_basis() -> None:
    assert {row["key"] for row in defaults()} <= KEYS
    assert {row["legal_basis"] for row in defaults()} == {"平台默认"}
    assert all(row["note"] for row in defaults())
