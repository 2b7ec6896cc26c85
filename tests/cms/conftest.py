"""The pages that every installation begins with, and somebody who writes them."""

from io import StringIO

import pytest
from django.core.management import call_command

from cms.actions.people import make_editor, make_reviewer
from marketplace.models import User
from tests.clock import NOON
from tests.factories.bidding import load_reference
from tests.factories.marketplace import UserFactory


@pytest.fixture
def reference(db: None) -> None:
    """The shipped rule values and the official calendar."""
    load_reference()


@pytest.fixture
def pages(db: None) -> str:
    """Set up the pages and return what the command said."""
    output = StringIO()
    call_command("load_pages", at=NOON, stdout=output)
    return output.getvalue()


@pytest.fixture
def editor(pages: str) -> User:
    return make_editor(user=UserFactory(), by=None, at=NOON)


@pytest.fixture
def reviewer(pages: str) -> User:
    return make_reviewer(user=UserFactory(), by=None, at=NOON)
