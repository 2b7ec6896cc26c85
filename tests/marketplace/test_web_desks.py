"""A page with several forms: each under its name, a refused one as it was sent."""

from typing import Any

from django import forms
from django.http import HttpResponse

from marketplace.web.desks import DeskAct, DeskView


class Yes(forms.Form):
    remark = forms.CharField()


class No(forms.Form):
    reason = forms.CharField()


class Page(DeskView):
    FORMS = {"yes": Yes, "no": No}

    def show_desk(self, status: int = 200, **sent: forms.BaseForm) -> HttpResponse:
        return HttpResponse(
            ", ".join(f"{name}: {form.data}" for name, form in sent.items()), status=status
        )


class SayNo(Page, DeskAct):
    name = "no"


def test_a_page_has_all_its_forms_and_a_refused_one_as_it_was_sent() -> None:
    sent = Yes({"remark": ""})

    found = Page().forms({"yes": sent})

    assert list(found) == ["yes", "no"]
    assert found["yes"] is sent
    assert isinstance(found["no"], No)
    assert not found["no"].is_bound


def test_an_act_takes_the_form_of_its_name_and_comes_back_to_the_page_with_it() -> None:
    posted: dict[str, Any] = {"reason": "材料不全"}
    act = SayNo()

    form = act.form(posted)
    answer = act.show(form, status=422)

    assert isinstance(form, No)
    assert form.data == posted
    assert answer.status_code == 422
    assert answer.content.decode() == f"no: {posted}"
