"""What a page of a case was made of, so that an act on it is of what was seen."""

import pytest

from credit.models import Case
from credit.versions import version_of_case, version_of_party
from marketplace.models import Agency, Organization
from tests.factories.credit import CaseFactory, RestrictionFactory, active_agency, paper
from tests.factories.marketplace import BuyerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def changed(version, token):
    changes = version.changes_since(token)
    return [(one.model.__name__, one.field.name if one.field else None) for one in changes]


def test_the_facts_the_evidence_and_what_it_imposed_belong_to_a_case():
    case = CaseFactory(decided=True)
    token = version_of_case(case).token
    assert version_of_case(Case.objects.get(pk=case.pk)).token == token

    Case.objects.filter(pk=case.pk).update(facts="另有事实。")
    case.evidence.add(paper(case.authority))
    RestrictionFactory(case=case, organization=case.organization)

    case = Case.objects.get(pk=case.pk)
    assert sorted(changed(version_of_case(case), token), key=str) == [
        ("Case", "facts"),
        ("Document", None),
        ("Restriction", None),
    ]


def test_a_party_is_who_it_is_and_whether_it_is_admitted():
    party = active_agency()
    token = version_of_party(party).token

    Agency.objects.filter(pk=party.pk).update(registered_capital=1)
    assert version_of_party(party).token == token
    Agency.objects.filter(pk=party.pk).update(status=Agency.Status.DRAFT)
    Organization.objects.filter(pk=party.pk).update(name="另一名称")

    party = Organization.objects.get(pk=party.pk)
    assert sorted(changed(version_of_party(party), token)) == [
        ("Agency", "status"),
        ("Organization", "name"),
    ]


def test_a_party_that_is_no_agency_is_a_party_all_the_same():
    owner = BuyerFactory().organization

    assert changed(version_of_party(owner), version_of_party(owner).token) == []
