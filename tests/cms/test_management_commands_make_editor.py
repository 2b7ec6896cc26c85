"""The command by which an installation gets its first editor."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from marketplace.kernel.models import AuditEntry
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def make_editor(login: str = "bianji") -> str:
    """Return what the command prints."""
    output = StringIO()
    call_command("make_editor", login, stdout=output)
    return output.getvalue()


def test_a_person_is_made_an_editor_once(client: Client) -> None:
    call_command("load_pages", at=NOON, stdout=StringIO())
    user = UserFactory(username="bianji")

    assert make_editor() == "editor bianji: created\n"
    assert make_editor() == "editor bianji: exists\n"

    client.force_login(user)
    assert client.get("/cms/").status_code == 200
    assert AuditEntry.objects.filter(verb="user.made_editor").count() == 1


def test_somebody_without_an_account_is_refused() -> None:
    with pytest.raises(CommandError, match="There is no account bianji; it is opened at"):
        make_editor()
