"""Who may open the dossier of an agency."""

import pytest

from tests.factories.credit import active_agency
from tests.factories.marketplace import AuthorityFactory, Role, party

pytestmark = pytest.mark.django_db


def test_the_dossier_is_for_who_supervises(client):
    agency = active_agency()
    operator = party(AuthorityFactory(), Role.OPERATOR)
    client.force_login(operator.user)

    assert client.get(f"/regulator/agencies/{agency.slug}/").status_code == 403
