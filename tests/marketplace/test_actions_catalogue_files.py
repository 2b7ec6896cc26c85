"""What the files of the catalogue bring is stored in bulk; what they leave out is not asked for."""

import pytest

from marketplace.actions.catalogue_files import load_approvals, load_refused_items
from marketplace.models import Approval, ApprovalDeliverable, RefusedItem
from marketplace.reference import ApprovalDeliverable as Row

pytestmark = pytest.mark.django_db


def row(deliverable, item="", **changed):
    values = {"code": "A1", "approval": "甲审批", "level": "", "department": "乙部门"}
    return Row(**(values | {"deliverable": deliverable, "item": item, "ended_by": ""} | changed))


def asked():
    return [*ApprovalDeliverable.objects.values_list("approval__code", "deliverable", "item_code")]


def test_what_an_approval_asks_for_follows_the_file():
    load_approvals([row("报告", "S01"), row("方案")])

    outcomes = load_approvals([row("报告", "S02"), row("图纸", department="丙部门")])

    assert dict(outcomes) == {"updated": 1, "created": 1, "removed": 1}
    assert asked() == [("A1", "报告", "S02"), ("A1", "图纸", "")]
    assert Approval.objects.get().department == "丙部门"


def test_an_abolished_approval_asks_for_nothing():
    load_approvals([row("", ended_by="审批已经取消")])

    assert (asked(), Approval.objects.get().ended_by) == ([], "审批已经取消")


def test_the_names_that_no_item_may_have_are_stored_with_their_reasons():
    load_refused_items({"甲": "理由一"})
    load_refused_items({"甲": "理由二", "乙": "理由三"})

    assert dict(RefusedItem.objects.values_list("name", "reason")) == {
        "甲": "理由二",
        "乙": "理由三",
    }
