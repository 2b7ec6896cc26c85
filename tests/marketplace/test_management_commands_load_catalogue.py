"""The catalogue in the database is that of its files."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.models import Approval, CatalogueList, ServiceItem
from tests.clock import NOON
from tests.factories.marketplace import load_laws
from tests.loading import load

pytestmark = pytest.mark.django_db


def test_items_with_a_legal_basis_are_published_and_the_others_stay_drafts():
    load("load_catalogue")

    published = ServiceItem.objects.published()
    assert published.count() == 68
    assert {one.published_at for one in published} == {NOON}
    assert ServiceItem.objects.filter(status="draft", legal_basis="").count() == 20


def test_what_a_run_publishes_is_one_list_without_persons():
    load("load_catalogue")

    [found] = CatalogueList.objects.all()
    assert (found.status, found.number, found.proposed_by, found.decided_at) == (
        *("active", "数据文件2026年第1号", None, NOON),
    )
    assert {one.kind for one in found.changes.all()} == {"publish"}
    assert found.changes.count() == 68


def test_each_table_of_the_catalogue_is_filled_in_one_statement():
    load_laws()

    with CaptureQueriesContext(connection) as asked:
        call_command("load_catalogue", stdout=StringIO(), at=NOON)

    written = re.findall(r'INSERT INTO "marketplace_(\w+)"', "\n".join(map(str, asked)))
    of_the_catalogue = {"serviceclass", "refuseditem", "approval", "approvaldeliverable"}
    of_the_catalogue |= {"cataloguelist", "listchange", "auditentry"}
    assert {name: written.count(name) for name in of_the_catalogue} == dict.fromkeys(
        of_the_catalogue, 1
    )
    assert written.count("serviceitem") <= 4  # SQLite takes a thousand values in a statement


def test_k7_01_a_catalogue_that_an_office_program_has_saved_is_the_same(data):
    load("load_catalogue")
    path = data / "service_items.csv"
    content = path.read_text(encoding="utf-8")
    for saved in (content.replace("\n", "\r\n").encode("gb18030"), content.encode("utf-8-sig")):
        path.write_bytes(saved)

        lines = load("load_catalogue", data=data)

        assert [line for line in lines if line.startswith("service items: ")] == [
            f"service items: 0 created, 0 updated, {ServiceItem.objects.count()} unchanged"
        ]


def test_each_draft_says_first_which_legal_basis_is_missing():
    load_laws()
    printed = StringIO()
    call_command("load_catalogue", stdout=printed, at=NOON)

    drafts = ServiceItem.objects.filter(status="draft")
    assert [
        one.code for one in drafts if not one.missing[0].startswith(("设立依据：", "选定机构："))
    ] == []
    assert [line for line in printed.getvalue().splitlines() if line.startswith("draft ")] == [
        f"draft {one.code} {one.name}: {'; '.join(one.missing)}" for one in drafts
    ]


def test_without_the_law_library_no_item_is_loaded():
    with pytest.raises(CommandError, match="法规库里没有这份文件"):
        call_command("load_catalogue", stdout=StringIO(), at=NOON)

    assert not ServiceItem.objects.exists()


def test_approvals_name_the_department_of_this_province():
    load("load_catalogue")

    approval = Approval.objects.get(deliverables__deliverable="洪水（防洪）影响评价报告")
    assert (approval.name, approval.department) == ("洪水影响评价审批", "行政审批部门")
    fire = Approval.objects.get(name="消防验收或备案")
    assert fire.department == "住房和城乡建设主管部门"
