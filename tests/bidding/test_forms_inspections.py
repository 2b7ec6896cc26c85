"""What the forms of an inspection take."""

import pytest

from bidding.forms.inspections import CheckForm, PlanForm, StepAsideForm
from tests.factories.bidding import load_reference
from tests.factories.marketplace import ServiceClassFactory, division

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": "2026-12-05", "ends_on": "2026-12-20"}


def test_a_plan_is_filled_in_with_what_is_usual() -> None:
    area, kind = division(), ServiceClassFactory()
    form = PlanForm(area=area)
    assert form["division"].value() == area.code
    assert str(form["checklist"].value()).count("\n") == 4

    given = {"title": "检查", "division": area.code, "service_class": kind.code, **DAYS}
    sent = PlanForm({**given, "checklist": " 一 \n\n二"}, area=area)

    assert sent.is_valid(), sent.errors
    assert sent.cleaned_data["checklist"] == ["一", "二"]
    assert (sent.cleaned_data["division"], sent.cleaned_data["service_class"]) == (area, kind)
    long = PlanForm({**given, "service_class": "", "checklist": "长" * 101}, area=area)
    assert long.errors["checklist"] == ["每项不超过 100 字。"]
    assert long.cleaned_data["service_class"] is None


def test_each_line_is_a_question_of_its_own() -> None:
    load_reference()
    form = CheckForm(
        {
            "checked_on": "2026-12-05",
            "line_0": "right",
            "line_1": "wrong",
            "outcome": "found",
            "kind": "bribery",
            "text": "情况",
        },
        lines=["一", "二"],
        breaches=["bribery"],
        limit=100,
    )

    assert form.is_valid(), form.errors
    assert [*form.fields][:3] == ["checked_on", "line_0", "line_1"]
    assert form.given()["answers"] == [True, False]
    unanswered = CheckForm({}, lines=["一"], breaches=[], limit=100)
    assert {"line_0", "outcome", "text", "checked_on"} == {*unanswered.errors}
    assert StepAsideForm({"reasons": "x" * 301}).errors
