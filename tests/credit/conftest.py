"""What nearly every test of credit stands on."""

import pytest

from tests.factories.credit import active_agency
from tests.factories.marketplace import (
    AuthorityFactory,
    MembershipFactory,
    Role,
    law_without_text,
    load_calendar,
    load_rules,
)


@pytest.fixture
def rules(db: None) -> None:
    """The shipped rule values and the official calendar."""
    load_rules()
    load_calendar()
    law_without_text("测试条例")


@pytest.fixture
def agency():
    """An agency with one manager, who finds messages in the inbox."""
    agency = active_agency()
    MembershipFactory(organization=agency)
    return agency


@pytest.fixture
def authority():
    authority = AuthorityFactory()
    MembershipFactory(organization=authority, role=Role.REGULATOR)
    return authority
