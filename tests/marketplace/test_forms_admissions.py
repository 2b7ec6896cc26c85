"""An agency's application and the decision on it, as typed in."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from marketplace.forms.admissions import (
    ApprovalForm,
    CommitmentForm,
    FactsForm,
    NamesakeForm,
    NamesakesForm,
    QualificationForm,
    ReturnForm,
)
from marketplace.guards.admissions import NEEDED_OF_AGENCY, NEEDED_OF_ORGANIZATION
from marketplace.models import Agency
from tests.factories.marketplace import AgencyFactory, ServiceClassFactory

TODAY = date(2026, 11, 24)


def facts(agency: Agency, *, is_partial: bool = False, **changed: str) -> FactsForm:
    organization = agency.organization
    typed = {"name": "甲", "uscc": organization.uscc, "division": organization.division.code}
    return FactsForm({**typed, **changed}, agency=agency, on=TODAY, is_partial=is_partial)


@pytest.mark.django_db
def test_what_the_guard_will_ask_for_is_asked_for_unless_it_is_put_off() -> None:
    agency = AgencyFactory()

    whole, part = facts(agency), facts(agency, is_partial=True)

    needed = {*NEEDED_OF_ORGANIZATION, *NEEDED_OF_AGENCY} - {"name", "uscc", "division"}
    assert {*whole.errors} == needed
    assert part.is_valid()
    assert part["legal_representative"].initial == agency.organization.legal_representative


@pytest.mark.django_db
@pytest.mark.parametrize(("nature", "fits"), [("company", True), ("law_firm", False)])
def test_only_an_enterprise_has_a_size(nature: str, *, fits: bool) -> None:
    form = facts(AgencyFactory(), is_partial=True, nature=nature, size="small")

    assert [*form.errors] == ([] if fits else ["size"])


@pytest.mark.django_db
@pytest.mark.parametrize(("founded_on", "fits"), [("2026-11-24", True), ("2026-11-25", False)])
def test_nobody_was_founded_after_today(founded_on: str, *, fits: bool) -> None:
    form = facts(AgencyFactory(), is_partial=True, founded_on=founded_on)

    assert form.is_valid() is fits
    assert [*form.errors] == ([] if fits else ["founded_on"])


def posted(**fields: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


@pytest.mark.parametrize(
    ("fields", "ruled_out"),
    [
        ({"is_another_person": "on", "namesakes": ["D1", "D2"]}, ["D1", "D2"]),
        ({"namesakes": ["D1"]}, []),
        ({"is_another_person": "on"}, []),
    ],
)
def test_a_tick_rules_out_the_decisions_that_were_shown_and_no_other(
    fields: dict[str, Any], ruled_out: list[str]
) -> None:
    form = NamesakesForm(posted(**fields))

    assert form.is_valid()
    assert form.cleaned_data == {"ruled_out": ruled_out}


def test_a_tick_is_asked_for_anew_when_the_page_is_shown_again() -> None:
    form = ApprovalForm(posted(is_another_person="on", uscc_confirmed="on"))

    assert "checked" not in str(form["is_another_person"])
    assert "checked" in str(form["uscc_confirmed"])


def test_what_must_be_said_is_asked_for() -> None:
    assert [*NamesakeForm(posted()).errors] == ["is_another_person"]
    assert [*CommitmentForm({}).errors] == ["agreed"]
    assert [*ReturnForm({"reasons": " \n"}).errors] == ["reasons"]
    assert ReturnForm({"reasons": "一\n二"}).is_valid()


@pytest.mark.django_db
def test_k2_02_a_class_without_certificates_is_entered_by_a_word() -> None:
    code = ServiceClassFactory(code="C28", requirement="commitment").code

    word = QualificationForm({"service_class": code, "kind": "commitment", "level": "first"})
    paper = QualificationForm({"service_class": code, "level": "first"})

    assert word.is_valid()
    assert (str(word.cleaned_data["name"]), word.cleaned_data["level"]) == ("承诺", "none")
    assert (word.cleaned_data["certificate_number"], word.cleaned_data["valid_from"]) == ("", None)
    assert [*paper.errors] == ["name", "certificate_number", "issuer", "valid_from"]


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "level"), [("C24", "comprehensive"), ("C30", "grade_one")])
def test_k2_03_the_levels_of_supervision_and_of_appraisal_can_be_chosen(
    code: str, level: str
) -> None:
    """K2-03: 工程监理综合资质; 房地产估价一级."""
    ServiceClassFactory(code=code)
    typed = {"name": "资质证书", "certificate_number": "E136000001", "issuer": "江西省住建厅"}
    days = {"valid_from": "2026-01-01", "valid_until": "2030-12-31"}

    form = QualificationForm({"service_class": code, "level": level, **typed, **days})

    assert not form.errors
    assert form.cleaned_data["level"] == level
    assert [
        *QualificationForm({"service_class": code, "level": "专项", **typed, **days}).errors
    ] == ["level"]
