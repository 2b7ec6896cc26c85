"""Everything that rests on a source can be walked, and what rests on repealed law is found."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from marketplace.kernel.citations import Citation, citations, findings, guards_in
from marketplace.kernel.laws import parse
from marketplace.kernel.library import library
from marketplace.kernel.models import LawVersion
from tests.clock import NOON
from tests.factories.marketplace import load_laws, load_rules

TODAY = NOON.date()
APPS = ("marketplace.guards", "credit.guards", "bidding.guards")


@pytest.fixture
def loaded(db):
    load_rules()
    load_laws()
    call_command("load_catalogue", at=NOON, stdout=StringIO())


def repeal(name, until):
    found = LawVersion.objects.filter(law__name=name)
    assert found.update(status=LawVersion.Status.REPEALED, in_force_until=until) == 1


def test_every_source_resolves_and_is_in_force(loaded):
    assert [(str(one.citation.label), one.problem) for one in findings(library(), TODAY)] == []


def test_guards_parameters_and_items_are_all_walked(loaded):
    kinds = Counter(str(one.kind) for one in citations(TODAY))

    assert kinds["规则手册"] > 50
    assert kinds["服务事项"] > 5
    assert kinds["办理条件"] == sum(len(guards_in(app)) for app in APPS) > 100


BUSINESS_ENVIRONMENT = "《优化营商环境条例》第四十三条第{}款"
GROUNDED = {
    "item_has_legal_basis": BUSINESS_ENVIRONMENT.format("一"),
    "item_basis_grounds_it": BUSINESS_ENVIRONMENT.format("一"),
    "fund_suits_the_item": BUSINESS_ENVIRONMENT.format("三"),
    "fiscal_order_in_approval_competes": BUSINESS_ENVIRONMENT.format("三"),
    "department_pays_in_approval": BUSINESS_ENVIRONMENT.format("三"),
    "commission_suits_the_item": "国发〔2022〕5号",
    "item_is_offered": "国发〔2022〕5号",
    "agency_is_admitted": "《江西省网上中介服务超市管理办法》",
    "uscc_is_new": "《江西省网上中介服务超市管理办法》",
    "other_side_answers": "《民法典》第四百九十条第一款",
    "statement_period_is_over": "《行政处罚法》第四十五条第一款",
    "legal_basis_is_stated": "《行政处罚法》第四十四条",
    "legal_basis_is_in_force": "《行政处罚法》第四十四条",
    "legal_basis_is_of_law": "国办发〔2020〕49号",
    "uscc_has_right_length": "GB 32100",
    "uscc_is_confirmed": "GB 32100",
}


def test_guards_name_the_articles_that_ground_them():
    by_name = {one.name: str(one.source) for app in APPS for one in guards_in(app)}

    assert {name: by_name[name] for name in GROUNDED} == GROUNDED


def test_a_refusal_of_mere_form_rests_on_nothing():
    named = {one.name for app in APPS for one in guards_in(app)}

    assert named.isdisjoint({"order_is_complete", "fund_is_chosen", "facts_are_stated"})


def test_a_source_that_is_repealed_when_it_is_used_is_found(loaded):
    repeal("优化营商环境条例", TODAY)

    found = list(findings(library(), TODAY))

    assert {one.problem for one in found} == {"not_in_force"}
    assert {one.source.name for one in found} == {"优化营商环境条例"}
    assert "财政资金在审批过程中委托的服务须竞争选取，不能直接选取" in {
        str(one.citation.label) for one in found
    }


def test_a_source_holds_until_the_day_it_ends(loaded):
    repeal("优化营商环境条例", date.fromordinal(TODAY.toordinal() + 1))

    assert list(findings(library(), TODAY)) == []


def test_a_rule_to_come_is_asked_for_the_day_it_begins(loaded):
    citation = Citation("规则", "某规则", "《信用修复管理办法》", date(2026, 3, 31))
    [source] = parse(citation.basis)

    assert not library().is_in_force(source, citation.on)
    assert library().is_in_force(source, date(2026, 4, 1))


def test_without_the_library_every_law_is_unknown(db):
    load_rules()

    assert {one.problem for one in findings(library(), TODAY)} == {"unknown_source"}
