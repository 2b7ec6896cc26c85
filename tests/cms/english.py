"""What public pages ask to be said in English, and what of it has no English yet."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import trans_real

from marketplace.kernel.declarations import Table
from marketplace.kernel.rules import declared, required, rules_in_force
from marketplace.models import Division
from marketplace.web.languages import COOKIE, ENGLISH
from marketplace.web.private import is_private
from tests.clock import NOON
from tests.journeys.crawl import Reading

HAN = re.compile(r"[\u3400-\u9fff]")
EACH = 2
MANY = {
    "bidding:item": 6,
    "bidding:tender": 16,
    "bidding:tender_opening": 4,
    "bidding:tender_verify": 6,
    "wagtail_serve": 8,
}
"""How many pages of each kind are read: more where they differ by method, by state or by editor."""
CONSTANT = re.compile(r"""\{% translate (["'])(.+?)\1|_\("([^"]+)"\)""")
NOTATION = {
    *(
        "万",
        "整",
        "正",
        "拾佰仟",
        "零壹贰叁肆伍陆柒捌玖",
        "零壹贰叁肆伍陆柒捌玖 拾佰仟 万亿 元角分整",
        "转",
    ),
    *("个?月", "个?工作日", "个?(?:日历)?[天日]"),
}
"""How amounts, extensions and times are written in Chinese, for who types them."""


def texts_without_english(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Read the province's public pages in English and return the texts that stayed Chinese."""
    asked: set[str] = set()
    say = trans_real.gettext

    def noting(message: str) -> str:
        asked.add(str(message))
        return say(message)

    monkeypatch.setattr(translation._trans, "gettext", noting, raising=False)
    client = Client()
    client.cookies[COOKIE] = ENGLISH
    waiting, known, kinds = deque(["/"]), {"/"}, Counter[str]()
    while waiting:
        address = waiting.popleft()
        page = client.get(address)
        assert page.status_code in {200, 302}, (address, page.status_code)
        for template in page.templates:
            asked |= set(_constants(template.source))
        for link in Reading(page.content.decode()).links:
            found = urlsplit(urljoin(address, link.address))
            if not found.netloc and found.path not in known and _is_read(found.path, kinds):
                known.add(found.path)
                waiting.append(found.path)
    said = trans_real.translation(ENGLISH)._catalog
    return (
        {one for one in asked if HAN.search(one) and one not in said} - NOTATION - _of_rules(asked)
    )


def _constants(source: str) -> Iterator[str]:
    """Yield the texts that a template says, as the catalogue has them."""
    for _quote, said, given in CONSTANT.findall(source):
        yield said.replace("%", "%%") if said else given


def _is_read(path: str, kinds: Counter[str]) -> bool:
    """Tell whether a page is one of the first of its kind, and one that speaks English."""
    try:
        kind = resolve(path).view_name
    except Resolver404:
        return False
    if is_private(path) or not path.endswith("/"):
        return False
    kinds[kind] += 1
    return kinds[kind] <= MANY.get(kind, EACH)


def _of_rules(asked: set[str]) -> set[str]:
    """Return the texts of the rulebook, which are as it has them in every language."""
    province = Division.objects.get(code="360000")
    stored = rules_in_force(province, NOON.date()).values()
    words = {text for one in required().values() for text in (one.label, one.sentence)}
    words |= {one.title for one in declared() if isinstance(one, Table)}
    with translation.override("zh-hans"):
        words |= {one.label for one in stored} | {one.sentence for one in stored}
    return {one for one in asked if "{value}" in one or one.startswith(tuple(words))}
