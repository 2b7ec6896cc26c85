"""Where the demo refuses to play, and that it then changes nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from marketplace.models import AuditEntry, Organization, User
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


def test_accounts_are_not_shown_where_demo_is_off() -> None:
    with pytest.raises(CommandError, match="DEMO=1 only"):
        call_command("demo_accounts")
