"""The focus ring: drawn on every control, in every mode, and seen against what lies around it."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "marketplace" / "static" / "marketplace"
RING = "outline:3px solid var(--focus)"
# What Bootstrap takes the ring from, and our pages draw.
CONTROLS = (".btn:focus-visible", ".form-control:focus-visible", ".form-select:focus-visible",
            ".form-check-input:focus-visible")  # fmt: skip


def style(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def rules() -> dict[str, str]:
    """Return what our own style declares, by each selector; the last one wins."""
    found: dict[str, str] = {}
    for selectors, declared in re.findall(r"([^{}]+)\{([^{}]*)\}", style("ui.css")):
        for selector in selectors.strip().split(","):
            found[selector.strip()] = found.get(selector.strip(), "") + declared + ";"
    return found


def tokens(theme: str) -> dict[str, str]:
    """Return the colours of a theme; what the dark one does not name is as in the light one."""
    files = ["tokens.css"] if theme == "light" else ["tokens.css", "dark.css"]
    return {
        name: value
        for file in files
        for name, value in re.findall(r"--([\w-]+):(#[0-9A-Fa-f]{6})", style(file))
    }


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("selector", [":focus-visible", *CONTROLS])
def test_every_control_has_the_ring(selector: str) -> None:
    assert RING in rules()[selector]


def test_no_own_rule_takes_the_ring_away() -> None:
    removed = re.compile(r"outline(?:-style|-width)?:\s*(?:0|none|[^;]*transparent)")

    assert [
        selector
        for selector, declared in rules().items()
        if ":focus" in selector and removed.search(declared)
    ] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("around", ["bg", "surface", "sunken", "brand-tint", "warn-tint"])
def test_the_ring_stands_out_from_what_lies_around(theme: str, around: str) -> None:
    colours = tokens(theme)

    assert contrast(colours["focus"], colours[around]) >= 3
