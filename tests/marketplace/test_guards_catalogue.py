"""An item is published with a legal basis and a class, or not at all."""

from datetime import date

import pytest

from marketplace.guards.catalogue import grounds_on, may_publish_item
from marketplace.models import Approval, RefusedItem, ServiceClass, ServiceItem
from tests.clock import NOON
from tests.factories.marketplace import load_laws

pytestmark = pytest.mark.django_db
SOUND, TODAY = "《水法》第十九条", NOON.date()


@pytest.fixture(autouse=True)
def _laws():
    load_laws()


def draft(**changed):
    given = {"code": "S02", "name": "可行性研究报告编制", "legal_basis": SOUND}
    given["service_class"] = ServiceClass.objects.get_or_create(code="C41", name="水利监理")[0]
    return ServiceItem(**(given | changed))


def refusals(item, on=TODAY):
    return [one.refusal for one in may_publish_item(item, grounds_on(on)) if not one.holds]


def test_every_refusal_explains_itself():
    assert refusals(draft(legal_basis="", service_class=None)) == [
        "没有设立依据的事项不能公布，请先补充法律、行政法规或者国务院决定",
        "事项没有归入服务类别，机构无法按类别报名",
    ]
    assert refusals(draft()) == []


def test_a_ministry_s_rule_alone_does_not_do_and_says_so():
    """Source: 《优化营商环境条例》第四十三条第一款."""
    told = "审批条件须有法律、行政法规或者国务院决定依据，只有部门规章或者地方规定的不能公布"

    assert refusals(draft(legal_basis="《港口工程建设管理规定》")) == [told]


def test_a_basis_grounds_nothing_before_it_is_in_force():
    item = draft(legal_basis="《生态环境法典》第九十五条第二款")

    assert refusals(item, date(2026, 8, 14)) == [
        "设立依据没有在施行：《生态环境法典》第九十五条第二款"
    ]
    assert refusals(item, date(2026, 8, 15)) == []


def test_what_must_not_become_an_item_is_refused_with_the_reason():
    RefusedItem.objects.create(name="普通话水平测试", reason="国家组织的测试")
    Approval.objects.create(code="A1", name="进出港签证", ended_by="审批已经取消")

    told = {
        item.name: refusals(item)
        for item in (
            draft(name="普通话水平测试"),
            draft(name="初稿", part_of="可行性研究报告编制"),
            draft(name="签证", related_approval="节能审查、进出港签证"),
            draft(name="房屋征收评估", chosen_by="被征收人"),
        )
    }

    assert told == {
        "普通话水平测试": ["“普通话水平测试”不得作为事项：国家组织的测试"],
        "初稿": ["这是“可行性研究报告编制”的一个环节，一项服务不得拆分为几个事项"],
        "签证": ["对应的审批“进出港签证”已经取消（审批已经取消），不得转为中介服务"],
        "房屋征收评估": ["依法由被征收人选定机构，不能作为由项目业主选取机构的事项"],
    }


def test_that_somebody_else_chooses_rests_on_the_law_that_says_so():
    item = draft(chosen_by="被征收人", legal_basis="《国有土地上房屋征收与补偿条例》第十九条")

    [verdict] = [one for one in may_publish_item(item, grounds_on(NOON.date())) if not one.holds]

    assert str(verdict.source) == "《国有土地上房屋征收与补偿条例》第十九条"
