"""A migration leaves every trigger in its place."""

from io import StringIO

import pytest
from django.core.management import call_command

from marketplace.kernel import triggers

pytestmark = pytest.mark.django_db


def test_what_a_migration_may_have_dropped_is_there_after_it() -> None:
    triggers.remove()

    call_command("migrate", "contenttypes", verbosity=0)

    assert triggers.faults() == {}


def test_a_look_at_the_plan_installs_nothing() -> None:
    triggers.remove()
    missing = triggers.faults()

    call_command("migrate", "--plan", stdout=StringIO())

    assert triggers.faults() == missing != {}
