"""No code outside the methods names one or asks which one an order has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bidding.selection.terms import TERMS

ROOT = Path(__file__).resolve().parent.parent
APPS = ("marketplace", "credit", "bidding", "cms", "search", "deploy", "bench")
OWN = ("bidding/selection/methods/", "bidding/selection/terms/", "bidding/static/bidding/methods/")
KEYS = ("marketplace/pages/rulebook.py",)
"""Where keys of the rulebook are grouped by their first part; one is called like a method."""
QUOTED = re.compile(rf"""(["'`])({"|".join(TERMS)})\1""")
ASKED = re.compile(
    r"""\bmethod\s*(?:[=!]=|\bin\b)\s*["']|\bmethod\.name\s*[=!]=|\{%\s*(?:if|elif)[^%]*\bmethod\s*[=!]="""
)
ABOUT_FORMS = re.compile(r"""method\s*==\s*["'](?:get|post)["']""")


def named_in_python(text: str) -> Iterator[int]:
    """Yield the lines where a method's value stands, or where an order's method is compared."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Constant(value=str() as value) if value in TERMS:
                yield node.lineno
            case ast.Compare(left=ast.Attribute(attr="method", value=ast.Name(id=holder))):
                if holder != "request" and any(map(_is_a_method, node.comparators)):
                    yield node.lineno


def _is_a_method(compared: ast.expr) -> bool:
    """Tell whether it is one method, not the list of them nor that of another order."""
    match compared:
        case ast.Name(id="METHODS"):
            return False
        case ast.Name():
            return True
    return any(isinstance(one, ast.Constant) and one.value for one in ast.walk(compared))


def named_in_text(text: str) -> Iterator[int]:
    """Yield the lines of a template or a script where a method's value stands or is asked."""
    for number, line in enumerate(text.splitlines(), start=1):
        if QUOTED.search(line) or (ASKED.search(line) and not ABOUT_FORMS.search(line)):
            yield number


READERS = {".py": named_in_python, ".html": named_in_text, ".txt": named_in_text}
READERS[".js"] = named_in_text


def found(path: Path) -> list[str]:
    lines = READERS[path.suffix](path.read_text(encoding="utf-8"))
    return [f"{path.relative_to(ROOT)}:{line}" for line in lines]


def sources() -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*")):
            relative = path.relative_to(ROOT).as_posix()
            if path.suffix in READERS and not relative.startswith(OWN + KEYS) and path.is_file():
                yield path


def test_a_method_is_named_in_its_own_rooms_alone() -> None:
    named = [line for path in sources() if "migrations" not in path.parts for line in found(path)]

    assert named == []


@pytest.mark.parametrize(
    "planted",
    [
        'if tender.method == "direct":\n    pass',
        'Tender.objects.filter(method="lowest")',
        'Q(method="direct") & ~Q(named_agency=agency)',
        "if tender.method != Direct:\n    pass",
        'DIRECT = "direct"',
    ],
)
def test_a_planted_method_is_found_in_python(planted: str) -> None:
    assert [*named_in_python(f"x = 1\n{planted}")] != []


@pytest.mark.parametrize(
    "planted",
    [
        '{% if tender.method == "direct" %}',
        "{% elif tender.method == wanted %}",
        'const direct = t.method === "direct";',
        "if (terms.method.name === wanted) {",
        "{ method: ['lowest', 'direct'] }",
    ],
)
def test_a_planted_method_is_found_in_templates_and_scripts(planted: str) -> None:
    assert [*named_in_text(f"first\n{planted}")] == [2]


@pytest.mark.parametrize(
    "harmless", ['{% elif method == "get" %}', 'form.method !== "post"', "{{ words.name }}"]
)
def test_what_is_about_forms_is_let_be(harmless: str) -> None:
    assert [*named_in_text(harmless)] == []
