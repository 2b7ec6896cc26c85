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


def test_guards_name_the_articles_that_ground_them():
    by_name = {one.name: str(one.source) for app in APPS for one in guards_in(app)}

    assert by_name["department_pays_in_approval"] == "《优化营商环境条例》第四十三条第三款"
    assert by_name["item_has_legal_basis"] == "《优化营商环境条例》第四十三条第一款"
    assert by_name["statement_period_is_over"] == "《行政处罚法》第四十五条第一款"
    assert by_name["uscc_has_right_length"] == "GB 32100"


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
