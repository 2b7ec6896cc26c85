"""The data files say what they should, and what is wrong in one is named by file and line."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from marketplace.kernel.laws import Held, Library, parse
from marketplace.reference import (
    BadReferenceData,
    CalendarDay,
    CalendarSource,
    differing_days,
    parse_approvals,
    parse_calendar_source,
    parse_departments,
    parse_divisions,
    parse_law_articles,
    parse_laws,
    parse_parameters,
    parse_refused_items,
    parse_service_classes,
    parse_service_items,
)
from marketplace.reference.catalogue import Department

DATA = Path(__file__).parents[2] / "marketplace" / "data"
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
APPROVAL_HEADER = "approval,department_as_printed,department,deliverable\n"
PARAMETER_HEADER = "key,value,unit,legal_basis,source_note,in_force_from,scope\n"


def text(name):
    return (DATA / name).read_text(encoding="utf-8")


def departments():
    return parse_departments(text("departments.csv"))


def items():
    classes = {one.code for one in parse_service_classes(text("service_classes.csv"), library())}
    return parse_service_items(
        text("service_items.csv"), classes, departments(), library(), refused_items()
    )


def library():
    """Return the shipped law library as the loaders see it."""
    laws = parse_laws(text("laws.csv"))
    held = {law.name: set() for law in laws}
    for article in parse_law_articles(text("law_articles.csv"), laws):
        held[article.law].add(article.number)
    return Library(
        {
            law.name: Held(
                is_reference=law.level == "reference",
                grounds_an_item=law.level in {"law", "regulation", "state_council"},
                articles=frozenset(held[law.name]),
                periods=((law.in_force_from, law.in_force_until),),
            )
            for law in laws
        }
    )


def refused_items():
    return parse_refused_items(text("refused_items.csv"))


def parameters():
    return parse_parameters(text("parameters.csv"))


def value_of(key):
    return [one.value for one in parameters() if one.key == key][-1]


def fault(parse, *arguments):
    with pytest.raises(BadReferenceData) as caught:
        parse(*arguments)
    error = caught.value
    return error.line, error.column, error.problem, error.value


# --- what the files hold -------------------------------------------------------------------------
def test_divisions_are_one_province_eleven_cities_and_a_hundred_counties():
    divisions = parse_divisions(text("divisions.json"))

    assert Counter(one.level for one in divisions) == {"province": 1, "city": 11, "county": 100}
    by_code = {one.code: one for one in divisions}
    assert (by_code["360000"].name, by_code["360000"].parent) == ("江西省", "")
    assert (by_code["360700"].name, by_code["360700"].parent) == ("赣州市", "360000")
    assert (by_code["360429"].name, by_code["360429"].parent) == ("湖口县", "360400")


def test_divisions_name_their_standard():
    assert json.loads(text("divisions.json"))["source"].startswith("GB/T 2260")


def test_sixty_service_classes_are_numbered_in_order():
    classes = parse_service_classes(text("service_classes.csv"), library())

    assert [one.code for one in classes] == [f"C{number:02}" for number in range(1, 61)]
    assert [one.position for one in classes] == list(range(1, 61))
    assert (classes[23].name, classes[23].icon, classes[23].group) == (
        "工程监理",
        "s-hat",
        "工程监理与检测",
    )


def test_every_icon_of_a_class_is_in_the_sprite():
    sprite = (DATA.parent / "static" / "marketplace" / "icons.svg").read_text(encoding="utf-8")
    icons = {one.icon for one in parse_service_classes(text("service_classes.csv"), library())} - {
        ""
    }

    assert {icon for icon in icons if f'id="{icon}"' not in sprite} == set()
    assert len(icons) == 18


def test_twenty_four_items_of_which_nine_have_a_basis_that_grounds_them():
    codes = [f"S{number:02}" for number in range(1, 28)]
    grounded = [one.code for one in items() if library().grounds_an_item(parse(one.legal_basis))]

    assert [one.code for one in items()] == [
        code for code in codes if code not in {"S09", "S11", "S26"}
    ]
    assert grounded == [*codes[:8], "S10"]


def test_what_is_no_service_of_an_agency_is_refused_by_its_name():
    assert list(refused_items()) == [
        "普通话水平测试",
        "编制项目节能评估报告书或报告表",
        "申请国内航行船舶进出港签证手续的办理",
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
    assert bases["S05"] == "《文物保护法》第三十二条"
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

    assert (item.commissioned_by, item.paid_by, item.source_document) == ("", "", "")
    assert (item.service_days, item.applicant_may_do_alone) == (None, None)


@pytest.mark.parametrize("item", items(), ids=lambda item: item.code)
def test_an_item_says_exactly_which_of_its_cells_are_empty(item):
    empty = [word for cell, word in WORDS_FOR_EMPTY.items() if not getattr(item, cell)]

    told = [part for part in item.missing if part.startswith("尚缺：")]

    assert told == (["尚缺：" + "、".join(empty)] if empty else [])


@pytest.mark.parametrize("item", items(), ids=lambda item: item.code)
def test_an_item_says_first_that_its_legal_basis_is_missing_if_it_is(item):
    has_note = bool(item.missing) and item.missing[0].startswith("设立依据：")

    assert has_note is not library().grounds_an_item(parse(item.legal_basis))


@pytest.mark.parametrize("item", items(), ids=lambda item: item.code)
def test_no_item_holds_an_english_note(item):
    cells = [getattr(item, cell) for cell in WORDS_FOR_EMPTY if cell not in CODED]
    said = " ".join([item.name, item.legal_basis, item.price_basis, *cells, *item.missing])

    assert re.findall("[A-Za-z]+", said) == []


def test_twenty_four_approvals_ask_for_twenty_nine_results():
    approvals = parse_approvals(text("approvals.csv"), departments())

    assert len(approvals) == 29
    assert len({one.approval for one in approvals}) == 24
    assert [one.deliverable for one in approvals if one.approval == "建设工程质量监督备案"] == [
        "监理合同",
        "检测合同",
        "审图合格书",
    ]
    assert not [one for one in approvals if ";" in one.deliverable]


def test_departments_of_other_places_are_mapped_with_a_reason():
    mapped = departments()

    assert len(mapped) == 15
    assert mapped["区住建委（水务）"].name == "水行政主管部门"
    assert all(one.reason for one in mapped.values())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("onboarding.formal_check", 2),
        ("onboarding.publicity", 5),
        ("order.must_use_limit.province", 1_000_000),
        ("order.must_use_limit.county", 500_000),
        ("order.tender_limit", 1_000_000),
        ("order.signup_min", 3),
        ("order.min_signups.lowest.fiscal", 3),
        ("order.min_signups.lowest.private", 1),
        ("order.max_failed_rounds", 2),
        ("result.publicity", 3),
        ("contract.sign", 10),
        ("service.late_tolerance", 10),
        ("rating.window", 15),
        ("rating.amend", 3),
        ("acceptance.window", 180),
        ("credit.base", 100),
        ("sanction.months.minor", [0, 3]),
        ("sanction.months.general", [3, 12]),
        ("sanction.months.serious", [12, 36]),
        ("sanction.statement", 5),
        ("sanction.decision", 10),
        ("opening.grace", 60),
        ("direct.accept", 2),
        ("selection.register", 1),
    ],
)
def test_a_parameter_has_its_default(key, value):
    assert value_of(key) == value


def test_every_legal_basis_is_one_that_our_sources_state():
    default = "平台默认"
    bases = {one.legal_basis for one in parameters()}

    assert {basis for basis in bases if not basis.startswith(default)} == {
        "赣财购〔2021〕30号",
        "《优化营商环境条例》第四十三条第三款",
    }
    assert {basis for basis in bases if basis.startswith(default)} == {
        default,
        *(
            f"平台默认（参考：{place}）"
            for place in (
                "湖南省规定",
                "广东省规定、湖南省规定",
                "海州区规定",
                "湖口县规定",
                "吴江区规定",
            )
        ),
    }


def test_the_measure_on_repair_is_no_basis_for_a_restriction():
    """It says how long a record is public, not how long a restriction runs."""
    [row] = [one for one in parameters() if one.key == "sanction.months.serious"]

    assert row.legal_basis == "平台默认"
    assert row.source_note.startswith("《信用修复管理办法》规定公示多久")


# --- what is refused -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("code,name,icon,requirement,legal_basis\n", (1, "group", "missing_column", "")),
        (f"{CLASS_HEADER}C01,测绘\n", (2, "", "wrong_number_of_cells", "2")),
        (f"{CLASS_HEADER}C01,测绘,,甲,,\nC02,,,甲,,\n", (3, "name", "empty", "")),
        (f"{CLASS_HEADER}C01,测绘,,甲,,\nC01,勘察,,甲,,\n", (3, "code", "duplicate", "C01")),
        (f"{CLASS_HEADER}C01,测绘,,甲,,\nC02,测绘,,甲,,\n", (3, "name", "duplicate", "测绘")),
        (f"{CLASS_HEADER}C01, 测绘,,甲,,\n", (2, "name", "surrounding_space", " 测绘")),
        (f'{CLASS_HEADER}C01,"测\n绘",,甲,,\nC02,,,甲,,\n', (4, "name", "empty", "")),
    ],
)
def test_a_fault_in_a_table_names_its_line_and_column(content, expected):
    assert fault(parse_service_classes, content, library()) == expected


def test_a_class_asks_for_a_certificate_only_where_a_law_does():
    classes = parse_service_classes(text("service_classes.csv"), library())
    asked = {one.code: (one.requirement, one.legal_basis) for one in classes}

    assert asked["C47"] == ("certificate", "《测绘法》第二十七条")
    assert asked["C23"] == ("filing", "国家发展改革委公告2017年第17号")
    assert asked["C28"] == ("commitment", "生态环境部令第9号")
    assert asked["C43"] == ("commitment", "《水土保持法》第二十五条")
    bare = f"{CLASS_HEADER}C01,测绘,,甲,certificate,\n"
    assert fault(parse_service_classes, bare, library()) == (2, "legal_basis", "empty", "")


def test_an_open_quote_is_refused():
    line, _column, problem, _value = fault(
        parse_service_classes, f'{CLASS_HEADER}C01,"测绘\n', library()
    )

    assert (line, problem) == (2, "not_csv")


def division_text(**parts):
    content = {
        "source": "GB/T 2260",
        "province": {"360000": "江西省"},
        "cities": {"360700": "赣州市"},
        "counties": {"360702": "章贡区"},
    }
    return json.dumps(content | parts, ensure_ascii=False, indent=1)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{", (1, "", "not_json")),
        ("[]", (1, "", "not_an_object")),
        (division_text(source=""), (1, "source", "missing_member")),
        (division_text(cities=[]), (1, "cities", "missing_member")),
        (division_text(counties={"3607": "章贡区"}), (10, "counties", "malformed")),
        (division_text(cities={"360702": "章贡区"}), (7, "cities", "malformed")),
        (division_text(counties={"360702": " "}), (10, "counties", "empty")),
        (division_text(counties={"360802": "吉州区"}), (10, "counties", "unknown_parent")),
        (division_text(counties={"360700": "赣州市"}), (10, "counties", "malformed")),
        (
            '{"source": "x",\n "province": {"360000": "江西省",\n "360000": "江西"}}',
            (3, "", "duplicate"),
        ),
    ],
)
def test_a_fault_in_the_divisions_names_its_line(content, expected):
    assert fault(parse_divisions, content)[:3] == expected


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
        ("甲,某局,某部门,\n", (2, "deliverable", "empty", "")),
        ("甲,,,乙\n", (2, "department", "empty", "")),
        ("甲,他局,某部门,乙\n", (2, "department_as_printed", "unmapped", "他局")),
        ("甲,某局,某部门,乙\n甲,某局,某部门,乙\n", (3, "approval", "duplicate", "甲")),
    ],
)
def test_a_fault_in_an_approval_names_its_line(rows, expected):
    assert fault(parse_approvals, APPROVAL_HEADER + rows, DEPARTMENT) == expected


def parameter_text(**cells):
    sound = {
        "key": "order.signup_min",
        "value": "3",
        "unit": "working_day",
        "legal_basis": "平台默认",
        "source_note": "",
        "in_force_from": "2025-01-01",
        "scope": "360000",
    }
    cells = [f'"{cell}"' for cell in (sound | cells).values()]
    return PARAMETER_HEADER + ",".join(cells) + "\n"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"key": "Signup"}, ("key", "malformed", "Signup")),
        ({"scope": "3600"}, ("scope", "malformed", "3600")),
        ({"value": "three"}, ("value", "not_json", "three")),
        ({"value": "NaN"}, ("value", "not_json", "NaN")),
        ({"value": ""}, ("value", "empty", "")),
        ({"unit": ""}, ("unit", "empty", "")),
        ({"legal_basis": ""}, ("legal_basis", "empty", "")),
        ({"in_force_from": "2025-02-30"}, ("in_force_from", "not_a_date", "2025-02-30")),
        ({"in_force_from": "20250101"}, ("in_force_from", "not_a_date", "20250101")),
    ],
)
def test_a_fault_in_a_parameter_names_its_column(cells, expected):
    parse_parameters(parameter_text())

    line, *rest = fault(parse_parameters, parameter_text(**cells))

    assert (line, tuple(rest)) == (2, expected)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("-5", -5),
        ("-0.5", "-0.5"),
        ("2.50", "2.5"),
        ("3.0", 3),
        ("1e2", 100),
        ("true", True),
        ("[3, 12]", [3, 12]),
        ('{""buyer"": 33.3}', {"buyer": "33.3"}),
    ],
)
def test_a_fraction_is_kept_exactly_as_text(cell, value):
    (parameter,) = parse_parameters(parameter_text(value=cell))

    assert parameter.value == value
    assert type(parameter.value) is type(value)
    assert parameter.line == 2


def test_two_values_for_one_day_are_refused():
    row = parameter_text().splitlines()[1]

    found = fault(parse_parameters, parameter_text() + row + "\n")

    assert found == (3, "key", "duplicate", "order.signup_min")


# --- the calendar --------------------------------------------------------------------------------
def test_the_calendar_names_its_source_and_first_year():
    origin = parse_calendar_source(text("calendar.json"))

    assert origin == CalendarSource(
        "国务院办公厅年度节假日安排（数据取自 chinesecalendar {version}）", 2024
    )


def test_a_calendar_without_a_first_year_is_refused():
    assert fault(parse_calendar_source, '{"source": "x", "first_year": true}') == (
        1,
        "first_year",
        "missing_member",
        "",
    )


def test_only_days_that_differ_from_the_week_are_kept_in_order():
    thursday, saturday, sunday = date(2026, 10, 1), date(2026, 10, 3), date(2026, 9, 20)

    days = differing_days(
        free={saturday: "N", thursday: "N", date(2023, 10, 2): "N"},
        worked={sunday: "N"},
        years=range(2024, 2027),
        names={"N": "国庆节"},
        source="某来源",
    )

    assert days == (
        CalendarDay(sunday, is_workday=True, name="国庆节", source="某来源"),
        CalendarDay(thursday, is_workday=False, name="国庆节", source="某来源"),
    )
