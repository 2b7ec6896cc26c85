"""An officer sets the own absence, a manager anybody's."""

import pytest

from marketplace.forms.assignments import StandInForm
from tests.factories.marketplace import AuthorityFactory, Role, party


@pytest.mark.django_db
def test_who_may_be_chosen_depends_on_who_chooses() -> None:
    office = AuthorityFactory()
    first, second = (party(office, Role.OPERATOR).user for _one in range(2))

    own = StandInForm(organization=office, only=first)
    of_all = StandInForm(organization=office, only=None)

    def offered(form: StandInForm, name: str) -> list[str]:
        return [str(key) for key, _label in form.fields[name].choices if key]  # type: ignore[attr-defined]

    assert offered(own, "absent") == [str(first.pk)]
    assert offered(own, "substitute") == [str(second.pk)]
    assert offered(of_all, "absent") == [str(first.pk), str(second.pk)]
