"""Documents of a case are for its party and its authorities."""

import pytest

from tests.factories.credit import active_agency, notice
from tests.factories.marketplace import AuthorityFactory, Role, division, party
from tests.markup import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def test_a_document_is_printed_for_those_who_may_read_the_case(client, agency, authority):
    case = notice(organization=agency, authority=authority)
    url = f"/credit/cases/{case.slug}/papers/notice/"
    readers = [
        (party(agency, Role.AGENCY_MANAGER), 200),
        (party(authority, Role.REGULATOR), 200),
        (party(active_agency(), Role.AGENCY_MANAGER), 404),
        (party(AuthorityFactory(division=division("360100")), Role.REGULATOR), 404),
    ]
    for reader, status in readers:
        client.force_login(reader.user)
        assert client.get(url).status_code == status
    client.force_login(readers[0][0].user)
    text = text_of(client.get(url))
    for words in ("失信行为处理告知书", case.number, authority.name, "<svg", case.facts):
        assert words in text
    assert client.get(f"/credit/cases/{case.slug}/papers/review/").status_code == 404
