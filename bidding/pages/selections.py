"""The page of one selection in words: what was published, what follows, whether it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bidding.guards.explanations import valid_amounts
from bidding.models import Choice, Selection, Tender
from bidding.models.bid import void_reason
from bidding.pages.explanations import cost_words
from bidding.pages.low_quotes import low_words
from bidding.pages.names import AgencyName, as_they_stand
from bidding.selection.deductions import lowered
from bidding.selection.draw import commitment
from bidding.selection.evidence import verify
from bidding.selection.evidence_format import UNPUBLISHED, Malformed, read
from bidding.selection.methods import method_of
from bidding.selection.scoring import digest_of
from bidding.selection.terms.versions import DEDUCTION
from marketplace.models import Organization
from marketplace.templatetags.ui_figures import money
from marketplace.templatetags.ui_moments import moment
from marketplace.web.components import Fact

Text = str | Promise
WINNING = "win"
SCORES = "bidding/scores.js"
"""Repeats the scores of a scored order in the browser."""
PROMISE = ("shape", "commitment", "published_commitment")


@dataclass(frozen=True)
class Place:
    """One rank of a selection with the name behind the code, and how its bearer stands now."""

    agency: AgencyName
    uscc: str
    amount: str
    ticket: str
    is_tied: bool
    compared: Text = ""
    """At what it was compared, where that is not what is paid."""
    tone: str = ""
    """That it has won, as rows of tables say it."""


@dataclass(frozen=True)
class Entrant:
    """A sign-up as the evidence has it; `ended_by` says why it does not stand, if it does not."""

    agency: AgencyName
    uscc: str
    amount: str | None
    ended_by: Text
    note: Text = ""
    """What the evidence states of it beyond its amount."""


@dataclass(frozen=True)
class Verification:
    """
    What the platform itself finds in a selection, by the check that everybody can repeat.

    `promised` is the commitment computed from the revealed seed; `failed` names what does not hold.
    """

    facts: Sequence[Fact]
    entrants: Sequence[Entrant]
    places: Sequence[Place]
    order_note: Text
    untied_note: Text
    scripts: Sequence[str]
    frozen_at: Text
    promised: str
    failed: frozenset[str]
    command: str
    scores: Mapping[str, Any] = field(default_factory=dict)
    """The document of the scores that decided, where some did."""
    scores_digest: str = ""
    result: Text = ""
    """What came of it, in one sentence."""

    @property
    def keeps_promise(self) -> bool:
        """Whether the revealed seed is the one that was committed to."""
        return self.failed.isdisjoint(PROMISE)

    @property
    def winner(self) -> Place | None:
        """Who has won by the evidence alone; None where it leaves that to the owner."""
        return next((place for place in self.places if place.tone), None)


def verification_of(selection: Selection, evidence: dict[str, Any], at: datetime) -> Verification:
    """
    Check the stored evidence against what was published, as `verify_draw` does with the file.

    The names are those of the evidence, each with what keeps its bearer from working at `at`.
    """
    names = _names(evidence, at)
    findings = verify(
        evidence,
        published_digest=selection.sha256,
        published_commitment=selection.tender.seal.commitment,
    )
    words, scores = method_of(selection.tender).words, _scores(selection.tender)
    return Verification(
        facts=[
            *_facts(selection.tender, selection, evidence),
            *_low(selection.tender, evidence, at),
        ],
        entrants=_entrants(evidence, names),
        places=_places(evidence, names),
        order_note=words.order_note,
        untied_note=words.untied_note,
        scripts=_scripts(selection.tender, scores),
        frozen_at=_frozen_at(evidence),
        promised=_promised(evidence),
        failed=frozenset(finding.check for finding in findings),
        command=_command(selection.tender, evidence),
        scores=scores,
        scores_digest=digest_of(scores) if scores else "",
        result=_result(selection, _places(evidence, names)),
    )


def _result(selection: Selection, places: Sequence[Place]) -> Text:
    """Say who won, or that nobody did, or among how many the owner chooses and whom it chose."""
    if not places:
        return _("选取的结果是流标。")
    if not selection.is_left_open:
        said = {"name": places[0].agency.name, "amount": money(places[0].amount)}
        return _("选取的结果是%(name)s，金额 %(amount)s。") % said
    choice, count = selection.tender.choice, len(places)
    if method_of(selection.tender).is_by_panel:
        return _panel_result(choice, count)
    if choice is None:
        return _("选取的结果是 %(count)s 家候选机构，等待项目业主选定。") % {"count": count}
    told = {"count": count, "name": choice.bid.agency.name}
    return _("选取的结果是 %(count)s 家候选机构，项目业主选定%(name)s。") % told


def _panel_result(choice: Choice | None, count: int) -> Text:
    """Say whom the experts scored best, or that they are at it."""
    if choice is None:
        return _("有效报价 %(count)s 家，由抽取的专家评分。") % {"count": count}
    return _("专家评分以后，%(name)s得分最高。") % {"name": choice.bid.agency.name}


def _command(tender: Tender, evidence: dict[str, Any]) -> str:
    """Return what repeats the check at a terminal, a line for each option."""
    options = {
        "--digest": evidence.get("digest", ""),
        "--commitment": tender.seal.commitment,
    }
    parts = [f"{name} {value}" for name, value in options.items()]
    return " \\\n  ".join([f"python manage.py verify_draw {tender.code}-evidence.json", *parts])


def _scripts(tender: Tender, scores: dict[str, Any]) -> list[str]:
    """Return what the browser needs to repeat a selection beside what all need, if it can."""
    script = method_of(tender).script
    of_scores = [SCORES] if scores else []
    return [*of_scores, script] if script else []


def _scores(tender: Tender) -> dict[str, Any]:
    """Return the document of the scores that decided; empty where none did."""
    return tender.choice.document if tender.choice is not None else {}


def _frozen_at(evidence: dict[str, Any]) -> Text:
    """Return when the list was fixed, as the page shows it; empty before version 3."""
    stated = evidence.get("sources", {}).get("frozen_at")
    return moment(datetime.fromisoformat(stated)) if stated else ""


def _promised(evidence: dict[str, Any]) -> str:
    try:
        _content, facts = read(evidence)
    except Malformed:
        return ""
    return commitment(facts.seed, facts.terms)


def _names(evidence: dict[str, Any], at: datetime) -> Mapping[str, AgencyName]:
    """Return how the page names whoever signed up, by credit code."""
    named = {row["uscc"]: row["name"] for row in evidence["entrants"]}
    slugs = dict(Organization.objects.filter(uscc__in=named).values_list("uscc", "slug"))
    names = [AgencyName(name, slugs.get(uscc, "")) for uscc, name in named.items()]
    return dict(zip(named, as_they_stand(names, at), strict=True))


def _entrants(evidence: dict[str, Any], names: Mapping[str, AgencyName]) -> list[Entrant]:
    return [
        Entrant(*(names[row["uscc"]], row["uscc"], row.get("amount"), _ended_by(row), _note(row)))
        for row in evidence["entrants"]
    ]


def _note(row: dict[str, Any]) -> Text:
    said = [str(_("方案校验值 %(plan)s") % row)] if "plan" in row else []
    if "weight" in row and not said:
        said.append(str(_("优先次序值 %(weight)s") % row))
    if row.get("is_small"):
        said.append(str(_("声明为小型、微型企业")))
    return "；".join(said)


def _ended_by(row: dict[str, Any]) -> Text:
    ground = row.get("reference") or ""
    return _("原因不公开") if ground == UNPUBLISHED else void_reason(row["status"], ground)


def _places(evidence: dict[str, Any], names: Mapping[str, AgencyName]) -> list[Place]:
    unknown = AgencyName("")
    places = [_place(place, names.get(place["uscc"], unknown)) for place in evidence["ranking"]]
    if evidence.get("winner"):
        places[:1] = [replace(one, tone=WINNING) for one in places[:1]]
    return places


def _place(place: dict[str, Any], agency: AgencyName) -> Place:
    price = lowered(place)
    said = _("按 ¥%(price)s 比较") % {"price": price} if price else ""
    stated = {key: value for key, value in place.items() if key != "ranked_at"}
    return Place(agency, **stated, compared=said)


def _facts(tender: Tender, selection: Selection, evidence: dict[str, Any]) -> list[Fact]:
    method = method_of(tender)
    standing = sum(entrant["status"] == "standing" for entrant in evidence["entrants"])
    counts = {"all": len(evidence["entrants"]), "standing": standing}
    took_part = (
        _("%(all)s 家") if standing == counts["all"] else _("%(standing)s 家，共 %(all)s 家报名")
    )
    return [
        Fact(_("选取方式"), method.words.name),
        Fact(_("参加选取"), took_part % counts),
        *_deduction(evidence),
        *method.reckoned(evidence),
        Fact(_("是否抽签"), method.draw_word(evidence)),
        Fact(_("开启报价并选取"), moment(selection.selected_at)),
    ]


def _deduction(evidence: dict[str, Any]) -> list[Fact]:
    percent = evidence["terms"].get(DEDUCTION)
    return [Fact(_("小型、微型企业的价格扣除"), f"{percent}%")] if percent else []


def _low(tender: Tender, evidence: dict[str, Any], at: datetime) -> list[Fact]:
    """Return whose valid quotes are abnormally low, a fact for each; by the evidence alone."""
    amounts = valid_amounts(tender, evidence)
    names = {row["uscc"]: row["name"] for row in evidence["entrants"]}
    said = low_words(tender, amounts, at)
    costs = cost_words(tender) if said else {}
    return [
        Fact(names[uscc], "；".join([words, *_said(costs.get(uscc))]), is_wide=True)
        for uscc, words in said.items()
    ]


def _said(words: Text | None) -> list[str]:
    return [str(words)] if words else []
