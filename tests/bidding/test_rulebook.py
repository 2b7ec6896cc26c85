"""An order keeps the rules it was published under, also when the code later asks for more."""

import csv
import json
from hashlib import sha256

import pytest
from django.db.models import QuerySet

from bidding.actions.tenders import publish_tender
from bidding.models import Tender
from bidding.rulebook import LATER, bound_rules, rules_for
from marketplace.actions.rulebook import pin_rulebook
from marketplace.kernel.canonical import canonical_json
from marketplace.kernel.declarations import RuleMissing
from marketplace.kernel.models import Parameter, RulebookVersion
from marketplace.kernel.rules import declaration_of, required, values_of
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
    """Return the version of a province that did not know `key` yet."""
    load_reference()
    version = pin_rulebook(division=division("360000"), at=PUBLISHED)
    content = json.loads(version.content)
    del content["values"][key]
    text = canonical_json(content).decode()
    return RulebookVersion.objects.create(
        number="2024.1",
        division=version.division,
        content=text,
        words={name: words for name, words in version.words.items() if name != key},
        sha256=sha256(text.encode()).hexdigest(),
        created_at=PUBLISHED,
    )


def another(row: dict[str, str]) -> object:
    """Return a value that the key may have, but not its default."""
    value = json.loads(row["value"])
    match value:
        case bool():
            return not value
        case str():
            options = declaration_of(row["key"]).kind.options
            return next(one for one in options if one != value)
        case [_first, _last]:
            return [7, 7]
        case [*_days]:
            return [7]
    return 7


def read(row: dict[str, str]) -> object:
    return declaration_of(row["key"]).kind.read(json.loads(row["value"]), row["unit"])


@pytest.mark.parametrize("row", defaults(), ids=lambda row: row["key"])
def test_an_order_older_than_a_key_obeys_its_default_and_not_what_is_in_force_now(row) -> None:
    key = row["key"]
    version = version_without(key)
    parameters_of(key).update(value=another(row))

    tender = TenderFactory(active=True, rulebook=version)

    assert rules_for(tender, NOON)[declaration_of(key)] == read(row)
    assert key not in values_of(version).values
    assert bound_rules(version).values == {**values_of(version).values, key: read(row)}


@pytest.mark.parametrize("row", defaults(), ids=lambda row: row["key"])
def test_an_order_that_has_the_key_keeps_its_own_value(row) -> None:
    rule = declaration_of(row["key"])
    load_reference()
    parameters_of(rule.key).update(value=another(row))
    version = pin_rulebook(division=division("360000"), at=PUBLISHED)

    assert bound_rules(version)[rule] == rule.kind.read(another(row), row["unit"])


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
    assert {row["key"] for row in defaults()} <= set(required())
    assert {row["legal_basis"] for row in defaults()} == {"平台默认"}
    assert all(row["note"] for row in defaults())
