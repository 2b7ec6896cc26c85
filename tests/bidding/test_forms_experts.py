"""What is typed of an expert, and a sheet that may be unfinished."""

from __future__ import annotations

import pytest

from bidding.forms.choices import named
from bidding.forms.experts import ExpertForm, SheetForm, drafted
from bidding.models import PanelSeat
from bidding.selection.scoring import Template
from tests.factories.experts import ExpertFactory
from tests.factories.marketplace import (
    AuthorityFactory,
    Role,
    ServiceClassFactory,
    division,
    party,
    valid_uscc,
)

CODE = "913607000000000001"
TEMPLATE = Template(price=40, criteria=(("技术路线", 40), ("人员配备", 20)))


@pytest.mark.django_db
def test_ties_are_read_by_line_and_only_free_experts_of_the_office_are_offered() -> None:
    office = AuthorityFactory(division=division())
    free = party(office, Role.EXPERT).user
    ExpertFactory(office=office)
    party(office, Role.OPERATOR)
    data = {
        "user": free.pk,
        "name": "王工",
        "title": "高级工程师",
        "specialties": [ServiceClassFactory().pk],
        "division": division().pk,
        "employer": "某某研究院",
        "ties": f"近亲属任职或者持股 {valid_uscc(3)}\n\n三年内曾经任职 {valid_uscc(4)}",
        "serves_from": "2026-01-01",
        "serves_until": "2026-12-31",
    }

    form = ExpertForm(data, office=office)
    wrong = ExpertForm({**data, "ties": valid_uscc(3)}, office=office)

    assert list(form.fields["user"].queryset) == [free]
    assert form.is_valid(), form.errors
    assert form.cleaned_data["ties"] == [("family", valid_uscc(3)), ("former", valid_uscc(4))]
    assert wrong.errors == {"ties": [f"“{valid_uscc(3)}”没有写明利害关系。"]}


def test_an_unfinished_sheet_is_read_and_filled_in_again() -> None:
    form = SheetForm(
        {named(CODE, 0): "80", "comment": "先看"}, bidders={CODE: "甲"}, template=TEMPLATE
    )

    assert form.is_valid()
    assert form.cleaned_data == {"points": {CODE: [80, None]}, "comment": "先看"}
    kept = PanelSeat(points={CODE: [80, None]}, comment="先看")
    assert drafted(kept) == {named(CODE, 0): 80, "comment": "先看"}
    [(words, points)] = form.rows
    assert (words, [one.name for one in points]) == ("甲", [named(CODE, 0), named(CODE, 1)])


def test_a_number_beyond_a_hundred_is_refused_beside_its_field() -> None:
    form = SheetForm({named(CODE, 1): "101"}, bidders={CODE: "甲"}, template=TEMPLATE)

    assert list(form.errors) == [named(CODE, 1)]
