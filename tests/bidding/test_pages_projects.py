"""An owner's list of a project has its own orders of that code, the oldest first."""

import pytest

from bidding.pages.projects import project_rows, templates_of
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import Role, party

pytestmark = pytest.mark.django_db
CODE = "2610-360702-04-01-218846"


def test_an_agent_lists_of_a_project_what_it_drafted_itself():
    first = TenderFactory(project_code=CODE, title="甲")
    TenderFactory(project_code=CODE, buyer=first.buyer, title="乙")
    TenderFactory(buyer=first.buyer, title="丙")
    TenderFactory(project_code=CODE, title="丁")
    manager = party(first.buyer, Role.BUYER_MANAGER)

    assert [str(row) for row in project_rows(manager, CODE)] == ["甲", "乙"]
    assert templates_of(first.buyer) == []
