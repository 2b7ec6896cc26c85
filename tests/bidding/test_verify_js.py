"""The browser's recomputation agrees with Python on every vector, under a strict policy."""

from copy import deepcopy
from pathlib import Path

import pytest

from bidding.selection.evidence import verify
from bidding.selection.methods import METHODS
from bidding.selection.scoring import Sheet, digest_of, published
from marketplace.kernel.canonical import canonical_json
from tests.bidding.paneling import by_panel, panel_forgeries
from tests.bidding.vectors import ALL, FORGED, GOOD, changed, forged

pytestmark = pytest.mark.browser

STATIC = Path(__file__).resolve().parents[2] / "bidding" / "static" / "bidding"
SCRIPTS = (
    *(method.script.removeprefix("bidding/") for method in METHODS.values()),
    "scores.js",
    "verify.js",
)
ADDRESS = "http://localhost:1/"
PAGE = """<!doctype html><html lang="zh-CN"><title>verify</title>
<button id="recompute" type="button" hidden data-digest="{digest}" data-commitment="{commitment}"
data-scores="{scores_digest}">
</button><p id="recomputed" role="status" data-holds="holds" data-fails="fails"
data-unable="unable"></p><script type="application/json" id="evidence">{evidence}</script>{scores}
""" + "".join(f'<script defer src="/{name}"></script>' for name in SCRIPTS)
SCORES = '<script type="application/json" id="scores">{}</script>'
POLICY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'",
    "Content-Type": "text/html; charset=utf-8",
}


@pytest.fixture
def recompute(chromium):
    """Return a function that presses the button of a page with this evidence."""
    context = chromium.new_context()
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    served = {}
    for name in SCRIPTS:
        page.route(f"{ADDRESS}{name}", _file(STATIC / name))
    page.route(ADDRESS, lambda route: route.fulfill(body=served["page"], headers=POLICY))
    page.route(f"{ADDRESS}favicon.ico", lambda route: route.fulfill(status=204))

    def press(text, digest="", commitment="", scores=None, scores_digest=""):
        embedded = "" if scores is None else SCORES.format(_text(scores))
        served["page"] = PAGE.format(
            evidence=text.replace("<", "\\u003c"),
            digest=digest,
            commitment=commitment,
            scores=embedded,
            scores_digest=scores_digest,
        )
        page.goto(ADDRESS)
        page.click("#recompute")
        page.wait_for_function("recomputed.dataset.failed !== undefined")
        assert complaints == []
        result = page.locator("#recomputed")
        return result.inner_text(), sorted(result.get_attribute("data-failed").split())

    yield press
    context.close()


def _file(path):
    """Answer a request with the file at `path`."""
    return lambda route: route.fulfill(path=path)


def _text(evidence):
    return canonical_json(evidence).decode()


def test_published_evidence_holds(recompute):
    shown = [recompute(_text(one), one["digest"], one["commitment"]) for one in ALL]

    assert shown == [("holds", [])] * len(ALL)


def test_a_name_with_a_tag_in_it_is_only_a_name(recompute):
    named = changed(GOOD[0], (("entrants", 0, "name"), "</script><b>甲"), reseal=True)

    assert recompute(_text(named)) == ("holds", [])
    assert recompute(_text(named), GOOD[0]["digest"]) == ("fails", ["published_digest"])


def test_every_forgery_fails_the_same_checks_as_in_python(recompute):
    shown = {one["name"]: recompute(_text(forged(one))) for one in FORGED}

    assert shown == {one["name"]: ("fails", one["checks"]) for one in FORGED}


def test_other_published_values_are_seen(recompute):
    shown = recompute(_text(GOOD[0]), "0" * 64, "1" * 64)

    assert shown == ("fails", ["published_commitment", "published_digest"])
    assert shown[1] == sorted(
        finding.check
        for finding in verify(GOOD[0], published_digest="0" * 64, published_commitment="1" * 64)
    )


def scored():
    """Return evidence of a scored order, with a document of two sheets."""
    evidence = next(one for one in ALL if "criteria" in one["terms"]["method"])
    count = len(evidence["terms"]["method"]["criteria"])
    codes = [one["uscc"] for one in evidence["ranking"]]
    sheets = [
        Sheet(
            by=f"评审人{number}",
            points={
                uscc: [(37 * number + 11 * at + n) % 101 for n in range(count)]
                for at, uscc in enumerate(codes)
            },
            comment="方案完整。",
        )
        for number in (1, 2)
    ]
    return evidence, published(evidence, sheets)


def leaves(value, path=()):
    """Yield the path of every single value."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in parts:
        if isinstance(one, dict | list):
            yield from leaves(one, (*path, key))
        else:
            yield (*path, key), one


def test_scores_are_repeated_and_any_changed_field_is_found(recompute):
    evidence, document = scored()
    text, digest = _text(evidence), digest_of(document)
    assert recompute(text, scores=document, scores_digest=digest) == ("holds", [])

    for path, value in leaves(document):
        wrong = deepcopy(document)
        place = wrong
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value + 1 if isinstance(value, int) else f"{value}1"
        found = recompute(text, scores=wrong, scores_digest=digest)
        assert found == ("fails", ["scores"]), path


def test_scores_that_do_not_follow_fail_though_their_own_digest_is_published(recompute):
    evidence, document = scored()
    losers = [one for one in document["scores"] if one["uscc"] != document["winner"]]
    wrong = {**document, "winner": losers[0]["uscc"]}

    found = recompute(_text(evidence), scores=wrong, scores_digest=digest_of(wrong))

    assert found == ("fails", ["scores"])


def test_what_is_no_json_is_said_to_be_unreadable(recompute):
    assert recompute("{") == ("unable", ["unable"])


def test_the_script_stays_within_the_budget_of_a_page():
    *methods, _scores, verifier = [len((STATIC / name).read_bytes()) for name in SCRIPTS]

    assert verifier + max(methods) <= 16 * 1024


def test_a_panel_and_its_scores_are_repeated_and_forgeries_are_found(recompute):
    for drops_outer in (False, True):
        evidence, document = by_panel(drops_outer=drops_outer)
        found = recompute(_text(evidence), scores=document, scores_digest=digest_of(document))
        assert found == ("holds", []), drops_outer

    for name, wrong in panel_forgeries(document).items():
        found = recompute(_text(evidence), scores=wrong, scores_digest=digest_of(wrong))
        assert found == ("fails", ["scores"]), name
