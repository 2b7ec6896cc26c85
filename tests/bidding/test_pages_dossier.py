"""What a supervising officer finds about one agency, and what not: a sealed sign-up."""

import pytest

from bidding.pages.dossier import dossier_of
from credit.models import StandingCheck
from tests.clock import NOON
from tests.factories.credit import CaseFactory, EntryFactory, active_agency
from tests.factories.marketplace import AuthorityFactory, Role, division, load_rules, party

pytestmark = pytest.mark.django_db


def check(agency, moment, *, is_clear):
    return StandingCheck.objects.create(
        organization=agency,
        moment=moment,
        reference=f"JX-{moment}",
        asked_at=NOON,
        rulebook_sha256="0" * 64,
        is_clear=is_clear,
    )


def test_the_dossier_tells_all_but_sealed_sign_ups_and_cases_of_other_areas(client):
    load_rules()
    officer = party(AuthorityFactory(division=division("360700")), Role.REGULATOR)
    agency = active_agency()
    own = CaseFactory(organization=agency, authority=officer.organization)
    CaseFactory(organization=agency, authority=AuthorityFactory(division=division("360103")))
    EntryFactory(organization=agency, points=-5)
    blocked = check(agency, "selection", is_clear=False)
    check(agency, "contract", is_clear=True)
    check(agency, "sign_up", is_clear=False)
    check(agency, "sign_up", is_clear=True)

    found = dossier_of(agency, officer, NOON)

    assert [*found["cases"]] == [own]
    assert (found["standing"].score, len(found["sum_up"].lines)) == (95, 1)
    assert [*found["checks"].found] == [blocked]
    assert (found["checks"].clear_count, found["can_open"]) == (1, True)
    client.force_login(officer.user)
    page = client.get(f"/regulator/agencies/{agency.slug}/").content.decode()
    assert "另有 1 次核查没有限制" in page
    assert "JX-sign_up" not in page
