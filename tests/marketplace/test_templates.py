"""What no template may hold, and that every one of them can be read."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory

from tests.markup import on_one_line

ROOT = Path(__file__).resolve().parents[2]
APPS = ("marketplace", "credit", "bidding", "cms", "search")
STATIC = ROOT / "marketplace" / "static" / "marketplace"
TEMPLATES = sorted(path for app in APPS for path in (ROOT / app).glob("templates/**/*.html"))

COLUMNS = 120

FORBIDDEN = {
    "inline style": re.compile(r"\sstyle="),
    "style element": re.compile(r"<style"),
    "inline script": re.compile(r"<script(?![^>]*(?:\ssrc=|application/json))"),
    "event attribute": re.compile(r"\son[a-z]+="),
    "hex colour": re.compile(r"[\"'\s:(]#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?\b"),
    "pixel size": re.compile(r"\b\d+px\b"),
    "date outside of a time element": re.compile(r"\|cn_\w+"),
    "dead link": re.compile(r'href="#"'),
    "safe filter": re.compile(r"\|\s*safe\b"),
    "rejected Bootstrap class": re.compile(
        r'class="(?:[^"]*\s)?(?:card|badge|alert|text-muted|lead)(?:\s[^"]*)?"'
    ),
    "half-width mark after Chinese": re.compile(r"[\u4e00-\u9fff][,;:!?](?=[\s\u4e00-\u9fff<\"'])"),
}


def markup(path: Path) -> str:
    """Return a template without the names and keywords of its tags; their texts stay."""
    source = path.read_text(encoding="utf-8")
    return re.sub(r"(?<=[\s{%])[a-z_]+=(?=[^<>{}]*%})", "", source)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]!r}"
        for path in TEMPLATES
        for match in FORBIDDEN[what].finditer(markup(path))
    ]

    assert found == []


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)).replace("/templates", "")
)
def test_template_can_be_read(path: Path) -> None:
    name = str(path).rsplit("/templates/", 1)[1]

    assert get_template(name)


def test_no_template_has_a_line_that_does_not_fit() -> None:
    texts = [path for app in APPS for path in (ROOT / app).glob("templates/**/*.txt")]
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*TEMPLATES, *texts]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > COLUMNS
    ]

    assert found == []


DECISIONS = {
    "a state": re.compile(r"\bstatus\s*(?:==|!=| in )"),
    "a method": re.compile(r"\b(?:tender|order|row|it)\.method\b|\bmethod\s*[!=]=\s*\"(?!get\")"),
    "a kind": re.compile(r"\b\w+\.(?:kind|severity|measure)\s*(?:[!=]=| in )"),
    "the words of a state": re.compile(r"get_(?:status|method)_display\s*[!=]="),
}


@pytest.mark.parametrize("what", DECISIONS)
def test_no_template_asks_for(what: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {tag}"
        for path in TEMPLATES
        for tag in re.findall(r"\{%.*?%\}|\{\{.*?\}\}", path.read_text(encoding="utf-8"))
        if DECISIONS[what].search(tag)
    ]

    assert found == []


UNDECIDED = {
    "a condition of several parts": re.compile(r"\{%-?\s*(?:if|elif)\b.*?\s(?:and|or|is)\s"),
    "a count, a sum, a choice of words": re.compile(
        r"\|(?:add|default|default_if_none|divisibleby|first|last|length|pluralize|yesno)\b"
    ),
}


@pytest.mark.parametrize("what", UNDECIDED)
def test_no_template_works_out(what: str) -> None:
    # its value has a property for it, named and tested where it is decided
    found = [
        f"{path.relative_to(ROOT)}: {tag}"
        for path in TEMPLATES
        for tag in re.findall(r"\{%.*?%\}|\{\{.*?\}\}", path.read_text(encoding="utf-8"))
        if UNDECIDED[what].search(tag)
    ]

    assert found == []


COMPARED = re.compile(r"\{%-?\s*(?:if|elif)\b[^%]*(?:[!=]=|[<>]|\bin\b)[^%]*%\}")


def test_no_template_compares() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {tag}"
        for path in TEMPLATES
        for tag in COMPARED.findall(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_every_list_on_pages_says_its_order_and_lets_it_change() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        if "{% pages " in path.read_text(encoding="utf-8")
    }
    silent = [name for name in found if "{% component sorting %}" not in (ROOT / name).read_text()]

    assert silent == []


def test_own_style_and_script_stay_within_their_budget() -> None:
    everywhere = ("tokens.css", "dark.css", "ui.css")
    style = sum((STATIC / name).stat().st_size for name in everywhere)
    on_one_page = {path.name: path.stat().st_size for path in STATIC.glob("*.css")}

    assert style <= 40 * 1024
    assert [name for name in on_one_page.keys() - {*everywhere} if on_one_page[name] > 2048] == []
    assert (STATIC / "ui.js").stat().st_size <= 6 * 1024


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = (STATIC / "icons.svg").read_text(encoding="utf-8")
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r"[\"']([is]-[a-z]+)[\"']", path.read_text(encoding="utf-8"))
    }

    assert {name for name in named if f'id="{name}"' not in sprite} - {"i-l"} == set()


def test_the_style_sheet_gives_colours_only_by_their_role() -> None:
    style = (STATIC / "ui.css").read_text(encoding="utf-8").split("@media print")[0]

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", style) == ["#fff"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("template", "fact"),
    [
        ("400.html", "请求无法识别"),
        ("403.html", "不能查看这个页面"),
        ("403_csrf.html", "表单已经过期，没有提交"),
        ("404.html", "没有这个页面"),
        ("429.html", "访问过于频繁，这一次没有处理"),
        ("500.html", "平台没有完成这次操作，不是您的问题"),
    ],
)
def test_error_page_states_the_fact_and_a_way_out(template: str, fact: str) -> None:
    request = RequestFactory().get("/x/")
    request.user = request.party = None  # type: ignore[assignment, attr-defined]

    page = render_to_string(template, request=request)

    assert f"<h1>{fact}</h1>" in page
    assert 'href="/"' in page


def test_the_page_of_a_fault_needs_no_request_and_no_database() -> None:
    assert "请过几分钟再试一次。" in render_to_string("500.html")


@pytest.mark.django_db
def test_a_missing_page_tells_the_number_of_the_request(client: Client) -> None:
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert re.search(r'编号 <span class="mono">[0-9a-f-]{36}</span>', response.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/no-such-page/"])
def test_the_footer_is_a_landmark_beside_the_main_part(client: Client, address: str) -> None:
    html = on_one_line(client.get(address))
    body, _end, rest = html.partition("</main>")

    # within main or a section it would be a mere part of the text
    assert re.findall(r"<footer [^>]*>", rest) == ['<footer class="z-foot" aria-label="网站信息">']
    assert rest.startswith("<footer ")
    assert "<footer" not in body


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


@pytest.mark.django_db
def test_a_fault_tells_the_number_of_the_request(client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.marketplace.broken_urls"
    client.raise_request_exception = False

    response = client.get("/broken/")

    assert response.status_code == 500
    assert re.search(r'编号 <span class="mono">[0-9a-f-]{36}</span>', response.content.decode())
