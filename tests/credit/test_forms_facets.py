"""What the lists of credit are narrowed by, and the words that find a row."""

import pytest

from tests.factories.credit import EntryFactory, RestrictionFactory, active_agency
from tests.factories.marketplace import AuthorityFactory, Role, division, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def shown(response) -> list[str]:
    return [row.agency.name for row in response.context["rows"]]


def names(response) -> list[str]:
    return [row.organization for row in response.context["rows"]]


@pytest.mark.parametrize("words", ["章江", "91360702MA0000009", "D80001"])
def test_the_list_finds_by_name_code_and_number(client, words):
    wanted = RestrictionFactory(
        organization=active_agency(name="赣州章江咨询有限公司", uscc="91360702MA00000090")
    )
    type(wanted.case).objects.filter(pk=wanted.case.pk).update(
        decision_number="JX360702-2026-D80001"
    )
    RestrictionFactory(organization=active_agency(uscc="91360702MA00000081"))

    assert names(client.get("/credit/", {"q": words})) == ["赣州章江咨询有限公司"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"severity": "general"}, 1),
        ({"measure": ["freeze", "warning"]}, 2),
        ({"city": "360700"}, 2),
        ({"city": "360100"}, 0),
        ({"severity": "nonsense"}, 2),
    ],
)
def test_the_list_is_narrowed_by_facets(client, query, count):
    division("360100")
    RestrictionFactory()
    RestrictionFactory(kind="warning", severity="general")

    response = client.get("/credit/", query)

    assert len(names(response)) == count


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"grade": "C"}, ["乙"]),
        ({"grade": ["A", "C"]}, ["丙", "乙", "甲"]),
        ({"grade": "blocked"}, ["丙"]),
        ({"city": "360100"}, ["甲"]),
        ({"q": "乙"}, ["乙"]),
        ({"grade": "nonsense"}, ["丙", "乙", "甲"]),
    ],
)
def test_agencies_are_narrowed_by_grade_city_and_name(client, query, expected):
    client.force_login(party(AuthorityFactory(), Role.REGULATOR).user)
    active_agency(name="甲", division=division("360102"))
    EntryFactory(organization=active_agency(name="乙"), points=-40)
    RestrictionFactory(organization=active_agency(name="丙"))

    assert shown(client.get("/regulator/standing/", query)) == expected
