"""The number of an identity card is asked for, and never shown again."""

from marketplace.forms.identities import IdentityForm


def test_what_was_typed_is_not_repeated_and_a_refusal_stands_beside_it() -> None:
    form = IdentityForm({"identity_number": "11010519491231002X"})

    assert form.is_valid()
    assert "11010519491231002X" not in str(form)
    assert set(IdentityForm.GUARD_FIELDS.values()) == {*form.fields}
