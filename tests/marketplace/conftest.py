"""What several tests of marketplace need."""

import shutil
from pathlib import Path

import pytest
from django.core.cache import cache

from marketplace.parties import Party
from tests.factories.marketplace import AuthorityFactory, Role, load_calendar, load_rules, party
from tests.reference_files import DATA


@pytest.fixture
def rules(db: None) -> None:
    """The shipped rule values and the published calendar."""
    load_rules()
    load_calendar()


@pytest.fixture
def officer(rules: None) -> Party:
    """An operator, whose codes nobody has used."""
    cache.clear()
    return party(AuthorityFactory(), Role.OPERATOR)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data files that a test may change."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
