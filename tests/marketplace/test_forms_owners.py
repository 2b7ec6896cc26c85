"""What an officer must say of an owner."""

from marketplace.forms.owners import OwnerConfirmForm, OwnerReturnForm


def test_the_tick_is_asked_for_and_asked_anew() -> None:
    sent = OwnerConfirmForm({"authority_confirmed": "on"})

    assert sent.is_valid()
    assert sent.cleaned_data == {"authority_confirmed": True, "uscc_confirmed": False}
    assert "checked" not in str(sent["authority_confirmed"])
    assert [*OwnerConfirmForm({}).errors] == ["authority_confirmed"]


def test_an_owner_goes_back_with_reasons_alone() -> None:
    assert [*OwnerReturnForm({"reasons": " "}).errors] == ["reasons"]
