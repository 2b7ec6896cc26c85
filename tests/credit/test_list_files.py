"""The published forms of the lists of others."""

from datetime import date

import pytest

from credit.actions.lists import list_forms
from credit.list_files import codes_alike, read_list
from marketplace.reference import BadReferenceData

FORMS = list_forms()
TAX = "纳税人名称,纳税人识别号,案件编号,检查机关,公布时间,主要违法事实,停止公布时间\n"
ROW = "赣州某公司,360702MA3500000,税案1号,赣州市税务局,2026年5月1日,虚开,\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_row_is_read_in_whichever_encoding_it_was_saved(encoding):
    (row,) = read_list((TAX + ROW).encode(encoding), FORMS["listed_tax_breach"], "tax.csv")

    assert (row.name, row.code, row.listed_on) == (
        "赣州某公司",
        "360702MA3500000",
        date(2026, 5, 1),
    )
    assert (row.number, row.ends_on, row.is_removed) == ("税案1号", None, False)


@pytest.mark.parametrize(
    ("text", "line", "column", "problem"),
    [
        ("纳税人名称\n", 1, "统一社会信用代码", "missing_column"),
        (TAX + ROW.replace("税案1号", ""), 2, "处理处罚文书号", "empty"),
        (TAX + ROW.replace("360702MA3500000", "12"), 2, "统一社会信用代码", "malformed"),
        (TAX + ROW.replace("2026年5月1日", "五月"), 2, "公布时间", "not_a_date"),
        (TAX + ROW + ROW, 3, "处理处罚文书号", "duplicate"),
    ],
)
def test_a_fault_names_its_line_column_and_reason(text, line, column, problem):
    with pytest.raises(BadReferenceData) as caught:
        read_list(text.encode(), FORMS["listed_tax_breach"], "tax.csv")

    found = caught.value
    assert (found.line, found.column, found.problem) == (line, column, problem)


def test_natural_persons_are_left_out():
    head = "被执行人姓名/名称,身份证号码/组织机构代码,案号,执行法院,发布时间\n"
    text = (
        head
        + "某公司,MA350000-0,（2026）赣0702执1号,章贡区法院,2026-05-01\n"
        + "张三,3607021990****0012,（2026）赣0702执2号,章贡区法院,2026-05-01\n"
    )

    rows = read_list(text.encode(), FORMS["listed_judgment_debtor"], "debtors.csv")

    assert [(row.name, row.code) for row in rows] == [("某公司", "MA3500000")]


def test_older_codes_are_parts_of_todays():
    assert [codes_alike("0" * length) for length in (18, 15, 9, 8)] == [
        (0, 18),
        (2, 17),
        (8, 17),
        (8, 17),
    ]


def test_a_list_that_is_published_without_numbers_is_known_by_issuer_and_day():
    head = (
        "序号,企业名称,统一社会信用代码（或组织机构代码）,企业地址,严重违法失信行为的具体情形,"
        "处罚结果,处罚依据,处罚日期,公布日期,公布截止日期,执法单位\n"
    )
    row = (
        "1,某公司,MA350000-0,南昌,提供虚假材料,禁止一年,第七十七条,"
        "2026-04-20,2026-05-01,2027-04-19,省财政厅\n"
    )

    (found,) = read_list((head + row).encode(), FORMS["listed_procurement_breach"], "cr.csv")

    assert (found.number, found.code) == ("省财政厅 2026-05-01", "MA3500000")
    assert (found.ends_on, found.facts) == (date(2027, 4, 19), "提供虚假材料")
