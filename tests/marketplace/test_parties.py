import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject
from pytest_django import DjangoAssertNumQueries

from marketplace.models import Membership, User
from marketplace.parties import (
    SESSION_KEY,
    PersonBackend,
    acting,
    organizations_of,
    party_of,
    person,
)
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    BuyerFactory,
    MembershipFactory,
    UserFactory,
    division,
    party,
)

pytestmark = pytest.mark.django_db
Role = Membership.Role


def request_of(user: User | AnonymousUser, chosen: str = "") -> HttpRequest:
    request = RequestFactory().get("/")
    request.user, request.session = user, SessionStore()
    if chosen:
        request.session[SESSION_KEY] = chosen
    return request


def test_nobody_acts_without_a_log_in_or_without_an_organization() -> None:
    ended = MembershipFactory(is_active=False)

    assert party_of(request_of(AnonymousUser())) is None
    assert party_of(request_of(UserFactory())) is None
    assert party_of(request_of(ended.user)) is None


def test_a_person_acts_for_the_first_organization_until_they_choose_another() -> None:
    user = UserFactory()
    first, second = BuyerFactory().organization, AgencyFactory().organization
    party(first, Role.BUYER_AGENT, user=user)
    party(second, Role.AGENCY_MANAGER, user=user)

    assert organizations_of(user) == [first, second]
    assert party_of(request_of(user)).organization == first
    assert party_of(request_of(user, second.slug)).organization == second
    assert party_of(request_of(user, "no-such-slug")).organization == first


def test_the_roles_are_those_of_the_chosen_organization_alone() -> None:
    user = UserFactory()
    first, second = AuthorityFactory(), AuthorityFactory()
    party(first, Role.OPERATOR, Role.REGULATOR, user=user)
    party(second, Role.INSPECTOR, user=user)

    acting_first = party_of(request_of(user))

    assert acting_first.roles == {Role.OPERATOR, Role.REGULATOR}
    assert acting_first.has_role(Role.REGULATOR, Role.MANAGER)
    assert not acting_first.has_role(Role.INSPECTOR)


def test_only_an_authority_covers_an_area() -> None:
    county, city = division("360702"), division("360700")

    assert party(AuthorityFactory(division=city), Role.OPERATOR).covers(county)
    assert not party(AuthorityFactory(division=county), Role.OPERATOR).covers(city)
    assert not party(BuyerFactory().organization, Role.BUYER_MANAGER).covers(county)


def test_acting_turns_the_lazy_party_into_a_plain_answer() -> None:
    request = request_of(AnonymousUser())
    request.party = SimpleLazyObject(lambda: party_of(request))

    assert acting(request) is None
    assert acting(RequestFactory().get("/")) is None


def test_a_person_is_found_by_the_name_to_log_in_with_while_the_account_is_active() -> None:
    active = UserFactory(username="zhang")
    UserFactory(username="li", is_active=False)

    assert person("zhang") == active
    assert person("li") is None
    assert person("nobody") is None


def test_who_is_signed_in_is_read_together_with_what_they_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    known, nobody = party(AgencyFactory().organization, "agency_manager"), UserFactory()
    left = party(AgencyFactory().organization, "agency_agent").user
    User.objects.filter(pk=left.pk).update(is_active=False)
    backend = PersonBackend()

    with django_assert_num_queries(1):
        user = backend.get_user(known.user.pk)
        assert user is not None
        found = party_of(request_of(user))
    assert (found, user) == (known, known.user)
    assert (backend.get_user(nobody.pk), backend.get_user(left.pk)) == (nobody, None)
    assert backend.get_user(0) is None


def test_a_unit_that_is_both_is_acted_for_on_one_side_at_a_time() -> None:
    unit, user = AgencyFactory().organization, UserFactory()
    party(unit, Role.AGENCY_MANAGER, Role.BUYER_MANAGER, user=user)
    buyer_only = party(unit, Role.BUYER_AGENT).user

    first = party_of(request_of(user))
    second = party_of(request_of(user, f"{unit.slug}:buyer"))

    assert (first.side, first.roles) == ("agency", {Role.AGENCY_MANAGER})
    assert (second.side, second.roles) == ("buyer", {Role.BUYER_MANAGER})
    assert (second.is_buyer, second.is_agency, second.is_authority) == (True, False, False)
    assert [one.key for one in second.others] == [f"{unit.slug}:agency"]
    assert party_of(request_of(buyer_only)).side == "buyer"
    assert party_of(request_of(buyer_only)).others == ()
