"""What a method of choosing decides; everything else about an order is the same for all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from bidding import periods
from bidding.models import Tender
from bidding.rulebook import finer_cells
from bidding.rules import MIN_SIGNUPS
from bidding.selection.draw import Ranker, Terms, ranker
from marketplace.kernel.calendar import Deadline, WorkCalendar
from marketplace.kernel.declarations import Rules
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Organization


class Method(ABC):
    """
    One way of choosing an agency.

    `name` is the value of `Tender.method`, the key of its pure ranking in `draw` and
    of its numbers in the rulebook, and the file name of its rule text. To add a method, write its
    ranking there, a subclass here, and the text `templates/bidding/methods/<name>.txt`.
    """

    name: ClassVar[str]
    settles_on_entry: ClassVar[bool] = False
    """Whether the first bid ends the sign-up, because nobody else may answer."""

    def order_verdicts(self, _tender: Tender, _at: datetime, /) -> tuple[Verdict, ...]:
        """Ask what the method demands of an order before it is submitted and published."""
        return ()

    def entry_verdicts(self, _tender: Tender, _agency: Organization, /) -> tuple[Verdict, ...]:
        """Ask who may bid, beyond what every order demands of every agency."""
        return ()

    @abstractmethod
    def amount_verdicts(self, tender: Tender, amount: Decimal) -> tuple[Verdict, ...]:
        """Ask whether `amount` may be offered."""

    @abstractmethod
    def period_end(
        self, tender: Tender, published_at: datetime, rules: Rules, calendar: WorkCalendar
    ) -> Deadline:
        """Return until when bids are taken."""

    def opening_at(self, period_end: datetime, rules: Rules) -> datetime:
        """Return from when bids may be opened."""
        return periods.opening_at(period_end, rules)

    def min_signups(self, tender: Tender, rules: Rules) -> int:
        """Return how many valid bids the order needs."""
        return rules.cell(MIN_SIGNUPS, self.name, tender.fund, finer=finer_cells(tender))

    @property
    def rank(self) -> Ranker:
        """The pure function that ranks the offers."""
        return ranker(self.name)

    def terms(self, tender: Tender, rules: Rules) -> Terms:
        """
        Return what publication fixes for the selection; the order must be bound to a rulebook.

        The same terms enter the commitment of the seed and, later, the evidence.
        """
        if tender.code is None or tender.rulebook is None:
            raise OrderNotPublished(tender.slug)
        answering = tender.answering_agency
        return Terms(
            tender_code=tender.code,
            method=self.name,
            fund=tender.fund,
            rulebook=tender.rulebook.sha256,
            ceiling=tender.ceiling,
            min_signups=self.min_signups(tender, rules),
            named_agency=answering.uscc if answering else None,
        )


class OrderNotPublished(ValueError):
    """An order without code and rulebook has no terms yet."""
