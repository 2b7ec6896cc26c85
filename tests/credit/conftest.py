"""What nearly every test of credit stands on."""

import pytest

from tests.factories.marketplace import law_without_text, load_calendar, load_rules


@pytest.fixture
def rules(db: None) -> None:
    """The shipped rule values and the official calendar."""
    load_rules()
    load_calendar()
    law_without_text("测试条例")
