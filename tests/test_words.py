"""One word per thing on all pages, and no word for what the platform does not do."""

import ast
import csv
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from bidding.models.stages import WORDS
from bidding.pages import bids
from bidding.stages import Stage

ROOT = Path(__file__).resolve().parents[1]
APPS = ("marketplace", "credit", "bidding", "cms", "search")
CHINESE = re.compile(r"[一-鿿]")
OF_OTHERS = {"law_articles.csv", "laws.csv", "sounds.csv", "vocabulary.csv"}
"""Texts that are quoted, and what people type: no word of ours."""

BETTER = {
    "揭封": "开启报价",
    "签收": "验收",
    "被指定的机构": "公告所列机构",
    "视同签订": "双方已确认合同文本，完成网上备案",
    "限制参与|报名限制|(?<!信用)限制期": "信用限制（期）",
    "冻结": "暂停报名",
    "另一名工作人员": "承办人以外的人员",
    "同一事务|全省同时": "全省同步生效",
    "全省一本记录": "信用记录全省统一归集",
    "各问一次|问和答都": "分别核查，核查结果留存备查",
    "当时所知": "按当时记录",
    "现在所知": "按现有记录",
    "监督电话": "政务服务便民热线",
    "办事情|看规则(?!手册)|查信息": "办事服务、规则公开、信息查询",
    "怎样选取": "选取办法",
    "先看快截止": "按截止时间",
    "没有隐藏的开关": "依法全部公开",
    "不用相信平台": "任何人均可复核",
    "机构名录": "入驻机构",
    "您的单位|[您你]单位|你的单位": "贵单位",
    "读不懂": "请求无法识别",
    "请求太密": "访问过于频繁",
    "还缺[：:]": "待补充：",
    "来源未载明": "待主管部门明确",
    "将到.{0,2}期限": "期限即将届满",
    "同样的内容也发": "同时发邮件",  # before the opening it is not the same
    "正在生效的": "正在执行的",
    "搜索": "查找",
    "随即失败|采购失败": "流标",
    "已过.{0,20}个工作日，限": "已用",
    "写一篇通知(?!公告)": "写一篇通知公告",
    "报名已终止|开启报价时(?:被)?排除的?报名": "已失效",
}
"""Words that were replaced, each with the one that stands for it now."""

PROMISES = {
    "(?:60|30|7|六十|三十|七) ?[天日]前提醒": "warnings before a certificate expires",
    "48 ?小时|四十八小时": "an account that is open within hours",
    "以后的版本|后续版本|即将上线|敬请期待": "a later version",
}
"""Words for what is not there yet; who builds it takes its row out."""


def literals(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each string of a module; docstrings are English anyway."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


@cache
def texts() -> list[tuple[str, str]]:
    """Return every text that a reader may meet, each with its place."""
    return list(_texts())


def _texts() -> Iterator[tuple[str, str]]:
    pages = [ROOT / "docs" / "glossary.md"]
    for path in [*pages, *(path for app in APPS for path in (ROOT / app).rglob("*"))]:
        if path.suffix not in {".py", ".html", ".txt", ".toml", ".csv", ".md", ".js"}:
            continue
        if path.name in OF_OTHERS or "migrations" in path.parts or "vendor" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        lines = literals(source) if path.suffix == ".py" else enumerate(source.splitlines(), 1)
        for number, line in lines:
            yield f"{path.relative_to(ROOT)}:{number}", line


def found(words: dict[str, str], lines: list[tuple[str, str]]) -> list[str]:
    """Say where a pattern of `words` occurs, with what is written there and what stands for it."""
    patterns = {re.compile(pattern): meant for pattern, meant in words.items()}
    return [
        f"{place} {match[0]} → {meant}"
        for place, line in lines
        for pattern, meant in patterns.items()
        if (match := pattern.search(line))
    ]


def test_a_word_that_was_replaced_stands_nowhere() -> None:
    assert found(BETTER, texts()) == []


def test_no_text_promises_what_the_platform_does_not_do() -> None:
    assert found(PROMISES, texts()) == []


def test_what_is_chosen_from_is_in_chinese() -> None:
    models = [model for model in apps.get_models() if model._meta.app_label in APPS]
    fields = [field for model in models for field in model._meta.get_fields() if field.concrete]
    labels = [str(label) for field in fields for _value, label in field.flatchoices]
    spoken = [label for label in labels if not CHINESE.search(label)]

    assert len(labels) > 150
    assert spoken == []


def test_every_better_word_and_every_word_of_the_glossary_is_one_that_readers_meet() -> None:
    said = "\n".join(text for place, text in texts() if not place.startswith("docs/"))
    rows = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    listed = [row.split("|")[1].strip() for row in rows if row.startswith("| ")][1:]

    words = [word for cell in (*BETTER.values(), *listed) for word in cell.split("、")]

    assert len(words) > 90
    assert [word for word in words if word.partition("（")[0] not in said] == []


@pytest.mark.parametrize(
    ("words", "text", "seen"),
    [
        (BETTER, "处于限制期，不在机构名录", ["限制期", "机构名录"]),
        (BETTER, "处于信用限制期，看规则手册", []),
        (PROMISES, "48小时，即将上线", ["48小时", "即将上线"]),
        (PROMISES, "任何人均可复核，依据《信用修复管理办法》", []),
    ],
)
def test_the_walk_finds_a_word_and_not_another_that_holds_it(
    words: dict[str, str], text: str, seen: list[str]
) -> None:
    assert [line.split()[1] for line in found(words, [("a.html:1", text)])] == seen


SUBJECTS = {
    "bid_sealed": bids.SEALED,
    "bid_withdrawn": bids.WITHDRAWN,
    "bid_ended": bids.VOID,
    "bid_excluded": bids.VOID,
    "award_won": str(bids.PROPOSED).split("，", maxsplit=1)[0],
    "tender_failed": WORDS[Stage.UNSUCCESSFUL],
    "tender_cancelled": WORDS[Stage.CANCELLED],
    "tender_returned": WORDS[Stage.RETURNED],
    "delivered": WORDS[Stage.DELIVERED],
    "delivery_returned": WORDS[Stage.RETURNED_FOR_CORRECTION],
    "delivery_accepted": WORDS[Stage.ACCEPTED],
}
"""The messages that tell of a new state, each with the word that the pages have for it."""


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_message_calls_a_state_what_its_page_calls_it(name: str) -> None:
    source = (ROOT / f"bidding/templates/bidding/messages/{name}.txt").read_text(encoding="utf-8")

    assert str(SUBJECTS[name]) in source.splitlines()[1]


HALF_WIDTH = {
    r"(?<=[一-鿿”》）])[,;:!?()]|[,;:!?()](?=[一-鿿“《（])": "，；：！？（）",
    r"(?<=[一-鿿])\.(?!\w)|(?<=[一-鿿])\.{3}": "。……",
    r"""(?<=[一-鿿])['"]|['"](?=[一-鿿])""": "“”",
}
"""Marks that stand beside Chinese in half their width, with those that belong there."""
UNSAID = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}|{%.*?%}|{{.*?}}|<[^<>]*>", re.DOTALL)
PATTERNS = {"bidding/forms/funds.py", "marketplace/kernel/laws.py", "bidding/forms/terms.py"}
"""Modules whose strings are patterns of what others write."""


def _of_module(source: str) -> Iterator[str]:
    """Yield the strings of a module but docstrings."""
    tree = ast.parse(source)
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in notes:
            yield node.value


def _of_values(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _of_values(one)


READ: dict[str, Callable[[str], Iterator[str]]] = {
    ".py": _of_module,
    ".html": lambda source: iter(UNSAID.sub(" ", source).splitlines()),
    ".txt": lambda source: iter(UNSAID.sub(" ", source).splitlines()),
    ".csv": lambda source: (cell for row in csv.reader(StringIO(source)) for cell in row),
    ".toml": lambda source: _of_values(tomllib.loads(source)),
    ".json": lambda source: _of_values(json.loads(source)),
    ".po": lambda source: iter(re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', source, re.MULTILINE)),
}
"""How what is said to a reader stands in each kind of file."""


ENGLISH = {"marketplace/locale/en/LC_MESSAGES/django.po"}


def test_chinese_is_punctuated_in_full_width() -> None:
    files = (path for app in APPS for path in (ROOT / app).rglob("*") if path.suffix in READ)
    said = [
        (str(path.relative_to(ROOT)), text)
        for path in files
        if path.name not in OF_OTHERS and str(path.relative_to(ROOT)) not in PATTERNS | ENGLISH
        for text in READ[path.suffix](path.read_text(encoding="utf-8-sig"))
        if not text.isascii()
    ]

    assert len(said) > 5000
    assert found(HALF_WIDTH, said) == []


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("已提交,请等待", 1),
        ("依据:《示例办法》(2022)", 2),
        ("请稍候...", 1),
        ('写明"平台默认"', 2),
        ("3.5 星，a,b，第 1–2 项（共 3 项）。", 0),
        ("例如 2026-12-03 16:30", 0),
    ],
)
def test_the_walk_finds_a_mark_of_half_width_beside_chinese(text: str, marks: int) -> None:
    assert sum(len(re.findall(pattern, text)) for pattern in HALF_WIDTH) == marks


def test_where_an_order_or_an_award_stands_is_told_by_its_stage_alone() -> None:
    raw = re.compile(r"\b(?:tender|award|contract|order)\.get_status_display")
    pages = [(place, text) for place, text in texts() if ".html:" in place or ".txt:" in place]

    assert [place for place, text in pages if raw.search(text)] == []
