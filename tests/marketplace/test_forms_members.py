"""A person is invited to a role that the organisation has."""

import pytest

from marketplace.forms.members import InvitationForm
from marketplace.models import Organization


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "role", "foreign"),
    [
        ("agency", "agency_agent", "buyer_agent"),
        ("buyer", "buyer_manager", "operator"),
        ("authority", "inspector", "agency_manager"),
    ],
)
def test_only_the_roles_of_its_kind_are_offered(kind: str, role: str, foreign: str) -> None:
    organization = Organization(kind=kind)

    fits = InvitationForm({"login": "wang", "role": role}, organization=organization)
    other = InvitationForm({"login": "wang", "role": foreign}, organization=organization)

    assert fits.is_valid()
    assert fits.cleaned_data == {"login": "wang", "role": role}
    assert [*other.errors] == ["role"]


def test_somebody_and_a_role_must_be_named() -> None:
    form = InvitationForm({"login": " "}, organization=Organization(kind="buyer"))

    assert [*form.errors] == ["login", "role"]
