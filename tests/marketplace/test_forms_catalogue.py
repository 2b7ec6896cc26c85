"""What a manager may type, and what is said of what may not be."""

import pytest

from marketplace.forms.catalogue import ItemForm, ListForm, RequirementForm
from marketplace.requirements import AllOf, Certificate, Commitment, Filing, Practitioners
from tests.factories.marketplace import ServiceClassFactory, ServiceItemFactory, load_laws

pytestmark = pytest.mark.django_db
TREE = AllOf((Commitment("C01"), Filing("C02")))


def requirement(**given):
    form = RequirementForm({"edit": "add", **given}, tree=TREE, names=str)
    return form, form.is_valid()


def test_a_place_is_one_of_the_tree_that_is_shown():
    form, _valid = requirement()

    assert [value for value, _label in form.fields["place"].choices] == ["", "0", "1"]
    assert requirement(place="7", kind="nothing")[0].errors["place"]


def test_each_kind_of_condition_asks_for_its_own():
    load_laws()
    ServiceClassFactory(code="C25")

    bare = {kind: set(requirement(kind=kind)[0].errors) for kind in ("filing", "practitioners")}
    certificate, _valid = requirement(kind="certificate", service_class="C25", basis="平台无此法")
    people, is_valid = requirement(kind="practitioners", profession="注册建筑师")

    assert bare == {"filing": {"service_class"}, "practitioners": {"profession"}}
    assert set(certificate.errors) == {"basis"}
    assert is_valid
    assert people.leaf() == Practitioners("注册建筑师", 1)


def test_a_certificate_is_asked_for_with_its_law():
    load_laws()
    ServiceClassFactory(code="C25")
    basis = "《建筑法》第十三条"

    form, is_valid = requirement(
        kind="certificate", service_class="C25", basis=basis, level="first", higher_too="on"
    )

    assert is_valid
    assert form.leaf() == Certificate("C25", basis, level="first")
    filing, is_valid = requirement(kind="filing", service_class="C25", head_office_too="on")
    assert is_valid
    assert filing.leaf() == Filing("C25", head_office_too=True)


def test_a_basis_that_cannot_be_opened_is_refused_beside_its_field():
    load_laws()
    form = ItemForm({"code": "S01", "name": "甲", "legal_basis": "《水法》"}, instance=None)

    assert form.errors["legal_basis"] == ["请写明条款。"]


def test_a_list_names_items_by_code_each_with_what_replaces_it():
    old, new = (ServiceItemFactory(code=code, published=True) for code in ("S11", "S12"))
    given = {"number": "一", "dated_on": "2026-11-24", "reason": "整理"}

    form = ListForm({**given, "suspend": "S12", "abolish": "S11 S04\n\n"})
    wrong = ListForm({**given, "abolish": "S99"})

    assert form.is_valid()
    assert [(one.item, one.kind, one.replaced_by) for one in form.changes()] == [
        (new, "suspend", ""),
        (old, "abolish", "S04"),
    ]
    assert wrong.errors["abolish"] == ["没有公布或者暂停的事项S99。"]
