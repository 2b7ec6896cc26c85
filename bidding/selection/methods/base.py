"""What a method of choosing decides; everything else about an order is the same for all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from django import forms
from django.template.loader import get_template
from django.utils.translation import gettext

from bidding import periods
from bidding.guards.terms import enough_valid_bids
from bidding.models import Tender
from bidding.outcomes import Case, needed
from bidding.rulebook import (
    amounts_reached,
    failed_rounds_before,
    finer_cells,
    places_of,
)
from bidding.rules.openings import NO_SOURCE, PUBLIC_SOURCE
from bidding.rules.orders import SMALL_DEDUCTION
from bidding.sealing.envelopes import BLOCK
from bidding.selection.deductions import lowered
from bidding.selection.methods.words import Text, Words
from bidding.selection.scoring import Template
from bidding.selection.terms import MethodTerms
from bidding.selection.terms.versions import DeductingTerms, SourcedTerms, Terms
from marketplace.kernel.calendar import Deadline, WorkCalendar
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Organization
from marketplace.web.components import Fact


class RuleText(Protocol):
    """A template, from a file or not."""

    def render(self, context: dict[str, Any]) -> str: ...


class Method(ABC):
    """
    One way of choosing an agency: all that differs by it, for the acts, the forms and the pages.

    To add one, write a subclass, its `terms_class` and its rule text, and register it. Nobody
    outside asks which method an order has; whoever needs a difference asks for it here.
    """

    terms_class: ClassVar[type[MethodTerms]]
    """The pure half: what is committed to and how it is ranked."""
    words: ClassVar[Words]
    fields: ClassVar[tuple[str, ...]] = ()
    """Columns of an order that are asked for this method and emptied for others."""
    is_competitive: ClassVar[bool] = True
    """Whether every eligible agency may answer."""
    procurement_method: ClassVar[str] = "open"
    """What it is among the procurement methods of the Open Contracting Data Standard."""
    hands_over: ClassVar[bool] = False
    """Whether the next in the ranking may take the place of a winner that falls away."""
    period_rule: ClassVar[str]
    """The key of the rulebook that says how long answers are taken."""
    bid_order: ClassVar[tuple[str, ...]] = ("amount", "pk")
    """How all bids are listed once they are open; `amount` is that of the last offer."""
    lists_by_amount: ClassVar[bool] = True
    """Whether the table of opened bids goes by amount; else it goes by the places."""
    receipt: ClassVar[str] = "bidding/bid_sealed"
    """What a bidder is told of its answer, at once and by message: names of such texts."""
    takes_plans: ClassVar[bool] = False
    """Whether a bid carries a file beside its amount."""
    block: ClassVar[int] = BLOCK
    """Of how many bytes envelopes are whole multiples; see `sealing.envelopes`."""
    compares_prices: ClassVar[bool] = False
    """Whether sealed prices are compared, so that those of small enterprises may be lowered."""
    needs_weight: ClassVar[bool] = False
    """Whether somebody whose record weighs something must be among the bids."""
    choice_rule: ClassVar[str] = ""
    """The key of the rulebook that says until when the owner decides; empty where it does not."""
    script: ClassVar[str] = ""
    """The static file that ranks in the browser; without one a file is verified by program."""

    @property
    def name(self) -> str:
        """The value of `Tender.method` and the key of the method's numbers in the rulebook."""
        return self.terms_class.name

    @property
    def is_live(self) -> bool:
        """Whether bidders quote in a hall after the sign-up."""
        return self.terms_class.is_live

    @property
    def leaves_choice(self) -> bool:
        """Whether the owner chooses among those whom the selection lists."""
        return self.terms_class.leaves_choice

    @property
    def is_scored(self) -> bool:
        """Whether the choice is made by scores."""
        return self.terms_class.is_scored

    @property
    def is_by_panel(self) -> bool:
        """Whether drawn experts give the scores."""
        return self.terms_class.is_by_panel

    @property
    def settles_on_entry(self) -> bool:
        """Whether the first bid ends the sign-up, because nobody else may answer."""
        return self.terms_class.settles_on_entry

    # --- the buyer's draft ------------------------------------------------------------------------
    def own_fields(self) -> dict[str, forms.Field]:
        """
        Return the form fields of what no column holds, kept in `Tender.parameters` as texts.

        None is required by itself, for other methods have no use for it: `asked` says what is.
        """
        return {}

    def help_texts(self, _rules: Rules, /) -> Mapping[str, Text]:
        """Return what the form says beside the method's own fields."""
        return {}

    def facts(self, _tender: Tender, /) -> Iterable[Fact]:
        """Yield what the notice states for this method alone, as the facts list draws it."""
        return ()

    def asked(
        self, _tender: Tender, _rules: Rules, _at: datetime, /
    ) -> Iterable[tuple[str, Verdict]]:
        """Yield what the method's own fields must hold, each verdict with its field."""
        return ()

    def order_verdicts(
        self, _tender: Tender, _rules: Rules, _at: datetime, /
    ) -> tuple[Verdict, ...]:
        """Ask what the method demands of an order before it is submitted and published."""
        return ()

    def rule_text(self) -> RuleText:
        """
        Return the rule as bidders read it, filled from the numbers that the code obeys.

        Each line is `text|ground`, the ground a key of the rulebook or a source in words.
        """
        text: RuleText = get_template(f"bidding/methods/{self.name}.txt")
        return text

    def rule_values(self, _tender: Tender, _rules: Rules, /) -> Mapping[str, Any]:
        """Return what the rule text is filled with beyond the order and the rulebook."""
        return {}

    def template(self, _tender: Tender, /) -> Template | None:
        """Return by which weights plans are scored; None where nothing is."""
        return None

    # --- the agency's answer ----------------------------------------------------------------------
    def entry_verdicts(self, _tender: Tender, _agency: Organization, /) -> tuple[Verdict, ...]:
        """Ask who may bid, beyond what every order demands of every agency."""
        return ()

    @abstractmethod
    def amount_verdicts(self, tender: Tender, amount: Decimal) -> tuple[Verdict, ...]:
        """Ask whether `amount` may be offered."""

    def published_amount(self, _tender: Tender, /) -> Decimal | None:
        """Return the amount that the notice states and every answer repeats, if there is one."""
        return None

    # --- periods and numbers ----------------------------------------------------------------------
    @abstractmethod
    def period_end(
        self, tender: Tender, published_at: datetime, rules: Rules, calendar: WorkCalendar
    ) -> Deadline:
        """Return until when bids are taken."""

    def opening_at(self, tender: Tender, period_end: datetime, rules: Rules) -> datetime:
        """Return from when bids may be opened: not before the moment that the buyer set."""
        earliest = periods.opening_at(period_end, rules)
        return max(earliest, tender.selection_at or earliest)

    def min_signups(self, tender: Tender, rules: Rules) -> int:
        """Return how many valid bids the order needs."""
        return needed(rules, self.case(tender))

    def case(self, tender: Tender) -> Case:
        """Return what of an order finds its cells in the tables of outcomes and minima."""
        return Case(
            method=self.name,
            fund=tender.fund,
            also=tender.funds[1:],
            places=places_of(tender),
            round=failed_rounds_before(tender) + 1,
            hands_over=self.hands_over,
        )

    def enough_bids(self, count: int, needed: int) -> Verdict:
        """Ask whether an order with `count` valid bids goes on; a refusal is stored with it."""
        return enough_valid_bids(count, needed)

    def weights(self, _agencies: Sequence[int], _at: datetime, /) -> Mapping[int, int] | None:
        """Return what each agency's record gives it at `at`; None where records do not count."""
        return None

    # --- the selection ----------------------------------------------------------------------------
    def terms(self, tender: Tender, rules: Rules) -> Terms:
        """
        Return what publication fixes for the selection.

        The same terms enter the commitment of the seed and, later, the evidence.

        Raises:
            OrderNotPublished: the order has no code or is not bound to a rulebook.
        """
        if tender.code is None or tender.rulebook is None:
            raise OrderNotPublished(tender.slug)
        terms = SourcedTerms(
            tender_code=tender.code,
            fund=tender.fund,
            rulebook=tender.rulebook.sha256,
            min_signups=self.min_signups(tender, rules),
            method=self.own_terms(tender, rules),
            public_source=self.public_source(rules),
        )
        percent = self.small_deduction(tender, rules)
        return DeductingTerms(**vars(terms), percent=percent) if percent else terms

    def deduction_key(self, tender: Tender, rules: Rules) -> str:
        """Return under which key the rulebook says what small enterprises are given; or nothing."""
        if not self.compares_prices or not tender.fund:
            return ""
        finer = *finer_cells(tender), *amounts_reached(tender, rules, SMALL_DEDUCTION)
        return rules.cell_key(SMALL_DEDUCTION, tender.fund, finer=finer)

    def small_deduction(self, tender: Tender, rules: Rules) -> int:
        """Return by how many percent the quotes of small enterprises are lowered to be compared."""
        key = self.deduction_key(tender, rules)
        return int(rules.values[key]) if key else 0

    def public_source(self, rules: Rules) -> str | None:
        """Return which public source a draw counts, as announced; an answer waits for none."""
        source = rules[PUBLIC_SOURCE]
        is_used = source != NO_SOURCE and not self.settles_on_entry
        return str(source.label) if is_used else None

    @abstractmethod
    def own_terms(self, tender: Tender, rules: Rules) -> MethodTerms:
        """Return the part of the terms that this method alone has."""

    @abstractmethod
    def draw_word(self, evidence: Mapping[str, Any]) -> Text:
        """Say of an opened order's evidence whether lots decided, and why."""

    def reckoned(self, _evidence: Mapping[str, Any], /) -> Iterable[Fact]:
        """Yield what the method worked out on the way, where its terms reckon."""
        return ()

    def amounts(self, _evidence: Mapping[str, Any], /) -> Mapping[str, Decimal] | None:
        """Return what each offered in the end, by credit code; None where the bids say it."""
        return None

    def said_of(self, evidence: Mapping[str, Any]) -> Mapping[str, Text]:
        """Return what the evidence says of bidders beyond their amounts, by credit code."""
        said: dict[str, list[str]] = {}
        for number, place in enumerate(evidence["ranking"], start=1):
            words = said.setdefault(place["uscc"], [])
            if (price := lowered(place)) is not None:
                words.append(gettext("小型、微型企业，按 ¥%(price)s 比较") % {"price": price})
            if place["is_tied"]:
                words.append(str(self.tie_word(number)))
        return {uscc: "；".join(words) for uscc, words in said.items() if words}

    def tie_word(self, place: int) -> Text:
        """Say of a bidder that a draw put it at `place`."""
        return gettext("报价相同，抽签排在第 %(place)s") % {"place": place}


class OrderNotPublished(ValueError):
    """An order without code and rulebook has no terms yet."""
