"""Work is declared with the day on which it was done and the paper that shows it."""

import pytest

from marketplace.forms.performance import WorkForm
from tests.factories.marketplace import ServiceClassFactory
from tests.uploads import upload


@pytest.mark.django_db
def test_a_form_asks_for_all_but_the_amount() -> None:
    typed = {
        "title": "测试水库大坝安全评价",
        "client": "测试县水利局",
        "service_class": ServiceClassFactory().code,
        "completed_on": "2026-05-20",
    }

    empty, whole = WorkForm({}, {}, limit=9999), WorkForm(typed, {"evidence": upload()}, limit=9999)

    assert {*empty.errors} == {*typed, "evidence"}
    assert whole.errors == {}
    assert whole.cleaned_data["amount"] is None
