"""Service classes, items, departments and approvals, as their files say."""

import re
from datetime import date

import pytest

from marketplace.kernel.laws import parse
from marketplace.reference import (
    parse_approvals,
    parse_departments,
    parse_refused_items,
    parse_service_classes,
    parse_service_items,
)
from marketplace.reference.catalogue import Department
from tests.reference_files import DATA, fault, library, rows_of, text

WORDS_FOR_EMPTY = {
    "service_class": "服务类别",
    "related_approval": "对应审批事项",
    "department": "行业主管部门",
    "commissioned_by": "委托主体",
    "paid_by": "付费主体",
    "deliverable": "成果文件",
    "agency_requirement": "机构资质要求",
    "service_days_text": "服务时限",
    "price_management": "收费管理",
}
CODED = {"service_class", "commissioned_by", "paid_by", "price_management"}
CLASS_HEADER = "code,name,icon,group,requirement,legal_basis\n"
DEPARTMENT = {"某局": Department("某局", "某部门", "职责相同")}
APPROVAL_HEADER = "code,approval,level,department_as_printed,department,deliverable,item,ended_by\n"


def departments():
    return parse_departments(text("departments.csv"))


def items():
    classes = {one.code for one in parse_service_classes(text("service_classes.csv"), library())}
    return parse_service_items(
        text("service_items.csv"), classes, departments(), library(), refused_items()
    )


def refused_items():
    return parse_refused_items(text("refused_items.csv"))


def test_sixty_service_classes_are_numbered_in_order():
    classes = parse_service_classes(text("service_classes.csv"), library())

    assert [one.code for one in classes] == [f"C{number:02}" for number in range(1, 61)]
    assert [one.position for one in classes] == list(range(1, 61))
    assert (classes[23].name, classes[23].icon, classes[23].group) == (
        "工程监理",
        "s-hat",
        "工程监理与检测",
    )


def test_k2_02_no_class_asks_for_a_certificate_that_was_abolished():
    """K2-02: environmental impact, consulting, cost."""
    classes = parse_service_classes(text("service_classes.csv"), library())
    asked = {one.code: one.requirement for one in classes}

    assert [asked[code] for code in ("C28", "C23", "C26")] == ["filing", "filing", "commitment"]


def test_every_icon_of_a_class_is_in_the_sprite():
    sprite = (DATA.parent / "static" / "marketplace" / "icons.svg").read_text(encoding="utf-8")
    icons = {one.icon for one in parse_service_classes(text("service_classes.csv"), library())} - {
        ""
    }

    assert {icon for icon in icons if f'id="{icon}"' not in sprite} == set()
    assert len(icons) == 18


STAY_DRAFTS = {
    *("S08", "S12", "S13", "S14", "S15", "S17", "S21", "S22", "S27"),
    *(f"S{number}" for number in range(81, 95)),
}


def published():
    return [one for one in items() if one.code not in STAY_DRAFTS]


def test_sixty_eight_items_may_be_published_and_twenty_three_wait_with_a_reason():
    codes = [f"S{number:02}" for number in range(1, 95)]
    grounded = {
        one.code
        for one in items()
        if library().grounds_an_item(parse(one.legal_basis))
        and one.service_class
        and not one.chosen_by
    }

    assert [one.code for one in items()] == [
        code for code in codes if code not in {"S09", "S11", "S26"}
    ]
    assert grounded == {one.code for one in items()} - STAY_DRAFTS
    assert (len(grounded), len(STAY_DRAFTS)) == (68, 23)
    assert [one.code for one in items() if one.code in STAY_DRAFTS and not one.missing] == []


def test_a_published_item_rests_on_law_in_force_and_says_when_that_was_checked():
    """Source: 《优化营商环境条例》第四十三条第一款."""
    on = date(2026, 11, 29)
    lapsed = [
        (one.code, str(source))
        for one in published()
        for source in parse(one.legal_basis)
        if not library().is_in_force(source, on)
    ]

    assert lapsed == []
    assert [one.code for one in published() if one.checked_on is None] == []
    assert [one.code for one in published() if one.part_of or one.chosen_by] == []


def test_what_may_be_done_alone_is_quoted_from_an_article_word_for_word():
    held = {(one["law"], one["article"]): one["text"] for one in rows_of("law_articles.csv")}
    wrong = [
        (one.code, str(source))
        for one in items()
        for source in parse(one.alone_basis)
        if one.alone_quote not in held[source.name, source.article]
    ]

    assert wrong == []
    assert [one.code for one in published() if one.alone_quote and not one.alone_basis] == []
    said = {one.code for one in published() if one.applicant_may_do_alone is not None}
    assert {one.code for one in published() if one.alone_quote} == said - {"S04"}


def test_the_price_of_a_published_item_is_the_market_s_but_where_a_law_says_otherwise():
    """Source: 《价格法》第六条."""
    told = {
        one.code: (one.price_management, one.price_basis)
        for one in published()
        if one.price_basis != "《价格法》第六条"
    }

    assert told == {
        "S10": ("", "计价格〔1999〕1283号；湘价房字〔2000〕95号"),
        "S67": ("set", "《道路交通安全法》第十三条第五款"),
    }


def test_each_approval_names_items_that_there_are():
    codes = {one.code for one in items()} | {""}
    approvals = parse_approvals(text("approvals.csv"), departments())

    assert [one.item for one in approvals if one.item not in codes] == []
    asked = {one.item for one in approvals}
    assert [
        one.code for one in published() if one.category == "审批条件" and one.code not in asked
    ] == []


def test_what_is_no_service_of_an_agency_is_refused_by_its_name():
    assert list(refused_items()) == [
        "普通话水平测试",
        "编制项目节能评估报告书或报告表",
        "申请国内航行船舶进出港签证手续的办理",
        "房屋征收价值评估",
    ]
    row = item_text(code="S26", name="普通话水平测试", notes_missing="缺。")

    assert fault(parse_service_items, row, {"C01"}, DEPARTMENT, library(), refused_items()) == (
        2,
        "name",
        "refused",
        "普通话水平测试",
    )


@pytest.mark.parametrize(
    ("basis", "problem"),
    [
        ("某清单第26项", "not_a_source"),
        ("《没有这部法》第一条", "unknown_source"),
        ("《优化营商环境条例》第四十四条", "unknown_article"),
        ("《优化营商环境条例》", "article_not_named"),
    ],
)
def test_an_item_whose_basis_cannot_be_opened_is_refused(basis, problem):
    row = item_text(code="S01", name="甲", legal_basis=basis, service_class="C01")

    assert fault(parse_service_items, row, {"C01"}, DEPARTMENT, library()) == (
        *(2, "legal_basis", problem, basis),
    )


def test_the_items_stand_on_the_corrected_articles():
    bases = {one.code: one.legal_basis for one in items()}

    assert bases["S01"] == "《企业投资项目核准和备案管理条例》第七条"
    assert bases["S02"] == bases["S03"] == "《政府投资条例》第九条第一款"
    assert bases["S04"] == "《节约能源法》第十五条；《固定资产投资项目节能审查和碳排放评价办法》"
    assert bases["S05"] == "《文物保护法》第三十二条第三款、第三十二条第四款"
    assert bases["S06"] == "《取水许可和水资源费征收管理条例》第十一条"
    assert bases["S12"] == "《港口工程建设管理规定》"


def test_the_applicant_may_do_alone_what_the_source_says_and_commissions_it():
    said = {one.code: (one.applicant_may_do_alone, one.commissioned_by) for one in items()}

    assert {said[code] for code in ("S01", "S02", "S03", "S04")} == {(True, "applicant")}


def test_what_the_source_says_in_chinese_of_an_assessment_is_kept_and_its_english_note_is_not():
    item = items()[6]

    assert item.legal_basis == (
        "《企业投资项目核准和备案管理条例》第九条第三款；"
        "《企业投资项目核准和备案管理办法》第二十六条"
    )
    assert item.service_days_text == "除项目情况复杂的，不超过30个工作日"
    assert (item.commissioned_by, item.paid_by, item.service_days) == (
        "department",
        "department",
        30,
    )


def test_an_item_is_empty_where_its_source_is_silent():
    item = items()[4]

    assert (item.code, item.commissioned_by, item.paid_by) == ("S05", "", "")
    assert (item.service_days, item.applicant_may_do_alone) == (None, None)


def test_an_item_says_exactly_which_of_its_cells_are_empty():
    told, empty = {}, {}
    for item in items():
        words = [word for cell, word in WORDS_FOR_EMPTY.items() if not getattr(item, cell)]
        empty[item.code] = ["尚缺：" + "、".join(words)] if words else []
        told[item.code] = [part for part in item.missing if part.startswith("尚缺：")]

    assert told == empty


def test_an_item_says_first_that_its_legal_basis_is_missing_if_it_is():
    laws = library()

    assert {
        item.code
        for item in items()
        if "".join(item.missing[:1]).startswith("设立依据：")
        is laws.grounds_an_item(parse(item.legal_basis))
    } == set()


def test_no_item_holds_an_english_note():
    for item in items():
        cells = [getattr(item, cell) for cell in WORDS_FOR_EMPTY if cell not in CODED]
        said = " ".join([item.name, item.legal_basis, item.price_basis, *cells, *item.missing])

        assert re.findall("[A-Za-z]+", said) == [], item.code


def test_sixty_two_approvals_ask_for_seventy_four_results_and_one_is_abolished():
    approvals = parse_approvals(text("approvals.csv"), departments())

    assert len([one for one in approvals if one.deliverable]) == 74
    assert len({one.approval for one in approvals if not one.ended_by}) == 62
    assert [one.approval for one in approvals if one.ended_by] == ["国内航行船舶进出港签证"]
    assert [one.deliverable for one in approvals if one.approval == "建设工程质量监督备案"] == [
        "监理合同",
        "检测合同",
        "审图合格书",
    ]
    assert not [one for one in approvals if ";" in one.deliverable]


def test_departments_of_other_places_are_mapped_with_a_reason():
    mapped = departments()

    assert len(mapped) == 46
    assert mapped["区住建委（水务）"].name == "水行政主管部门"
    assert all(one.reason for one in mapped.values())


def test_a_class_asks_for_a_certificate_only_where_a_law_does():
    classes = parse_service_classes(text("service_classes.csv"), library())
    asked = {one.code: (one.requirement, one.legal_basis) for one in classes}

    assert asked["C47"] == ("certificate", "《测绘法》第二十七条")
    assert asked["C23"] == ("filing", "国家发展改革委公告2017年第17号")
    assert asked["C28"] == ("filing", "《生态环境法典》第九十九条第三款")
    assert asked["C43"] == ("commitment", "《水土保持法》第二十五条")
    bare = f"{CLASS_HEADER}C01,测绘,,甲,certificate,\n"
    assert fault(parse_service_classes, bare, library()) == (2, "legal_basis", "empty", "")


def item_text(**cells):
    columns = text("service_items.csv").splitlines()[0].split(",")
    return ",".join(columns) + "\n" + ",".join(cells.get(column, "") for column in columns) + "\n"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"code": ""}, ("code", "empty", "")),
        ({"name": ""}, ("name", "empty", "")),
        ({"service_class": "C99"}, ("service_class", "unknown", "C99")),
        ({"commissioned_by": "owner"}, ("commissioned_by", "unknown", "owner")),
        ({"paid_by": "owner"}, ("paid_by", "unknown", "owner")),
        ({"price_management": "free"}, ("price_management", "unknown", "free")),
        ({"applicant_may_do_alone": "yes"}, ("applicant_may_do_alone", "unknown", "yes")),
        ({"service_days": "0"}, ("service_days", "not_a_number", "0")),
        ({"service_days": "十"}, ("service_days", "not_a_number", "十")),
        (
            {"department_as_printed": "他局", "department": "某部门"},
            ("department_as_printed", "unmapped", "他局"),
        ),
        (
            {"department_as_printed": "某局", "department": "他部门"},
            ("department", "not_as_mapped", "他部门"),
        ),
        ({"department": "某部门"}, ("department", "not_as_mapped", "某部门")),
        ({"legal_basis": ""}, ("notes_missing", "draft_without_reason", "")),
        ({"service_class": ""}, ("notes_missing", "draft_without_reason", "")),
    ],
)
def test_a_fault_in_an_item_names_its_column(cells, expected):
    sound = {"code": "S01", "name": "甲", "legal_basis": "国发〔2004〕20号", "service_class": "C01"}
    parse_service_items(item_text(**sound), {"C01"}, DEPARTMENT, library())

    changed = item_text(**(sound | cells))

    line, *rest = fault(parse_service_items, changed, {"C01"}, DEPARTMENT, library())

    assert (line, tuple(rest)) == (2, expected)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("A1,甲,,某局,某部门,,,\n", (2, "deliverable", "empty", "")),
        ("A1,甲,,,,乙,,\n", (2, "department", "empty", "")),
        (",甲,,某局,某部门,乙,,\n", (2, "code", "empty", "")),
        ("A1,甲,,他局,某部门,乙,,\n", (2, "department_as_printed", "unmapped", "他局")),
        ("A1,甲,,某局,某部门,乙,,\n" * 2, (3, "approval", "duplicate", "甲")),
        (
            "A1,甲,,某局,某部门,乙,,\nA1,丙,,某局,某部门,丁,,\n",
            (3, "approval", "contradiction", "丙"),
        ),
    ],
)
def test_a_fault_in_an_approval_names_its_line(rows, expected):
    assert fault(parse_approvals, APPROVAL_HEADER + rows, DEPARTMENT) == expected
