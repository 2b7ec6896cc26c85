"""How a rule explains itself: a verdict holds, or says which guard failed, why, by what source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from marketplace.kernel.known import asked_once
from marketplace.kernel.laws import FORM, PLATFORM_DEFAULT, Basis

Text = str | Promise
Parameters = ParamSpec("Parameters")


class Because:
    """A falsy answer of a guard, with the details that fill the refusal's placeholders."""

    def __init__(self, **details: object) -> None:
        self.details = details
        self.source = FORM

    def resting_on(self, source: Basis) -> Because:
        """Name the source of this answer, where it is not the same for all."""
        self.source = source
        return self

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True)
class Verdict:
    """
    One rule asked once.

    `rule` is the rulebook key that holds the number, or empty; `source` the legal source, none
    when the form alone asks for what is missing.
    """

    guard: str
    holds: bool
    text: Text
    source: Basis
    rule: str = ""
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def refusal(self) -> str:
        """The sentence to show when the rule does not hold."""
        text = str(self.text)
        return text % self.details if self.details else text

    @property
    def law(self) -> Basis:
        """
        The source where it says more than the rule: its row in the rulebook names its own basis.
        """
        is_the_rule_s = bool(self.rule) and self.source == PLATFORM_DEFAULT
        return FORM if is_the_rule_s else self.source

    @property
    def key(self) -> str:
        """Where the number that decides stands; empty where none does."""
        return _("规则手册 %(rule)s") % {"rule": self.rule} if self.rule else ""

    @property
    def explained(self) -> str:
        """The refusal with its source and, where a number decides, the rulebook's key."""
        if not self.source:
            return _("%(refusal)s。") % {"refusal": self.refusal}
        grounds = [str(one) for one in (self.law, self.key) if one]
        return _("%(refusal)s。依据：%(grounds)s。") % {
            "refusal": self.refusal,
            "grounds": "，".join(grounds),
        }


class Refused(Exception):
    """An act is not possible now; `verdicts` holds the ones that failed."""

    def __init__(self, *verdicts: Verdict) -> None:
        super().__init__(", ".join(verdict.guard for verdict in verdicts))
        self.verdicts = verdicts


@dataclass(frozen=True)
class DeclaredGuard:
    """A guard as it stands in the code, so that all of them can be walked."""

    name: str
    module: str
    refusal: Text
    source: Basis
    rule: str


DECLARED: list[DeclaredGuard] = []
Predicate = Callable[Parameters, "bool | Because"]
Guard = Callable[Parameters, Verdict]


def guard(
    refusal: Text, *, source: Basis = PLATFORM_DEFAULT, rule: str = ""
) -> Callable[[Predicate[Parameters]], Guard[Parameters]]:
    """
    Turn a predicate into a guard that answers with a `Verdict` under the predicate's name.

    `source` is `cite(…)` of the law library, `FORM` for a refusal of mere form. What several acts
    on one page ask alike is asked once there; the act itself asks anew.
    """

    def decorate(predicate: Predicate[Parameters]) -> Guard[Parameters]:
        DECLARED.append(
            DeclaredGuard(predicate.__name__, predicate.__module__, refusal, source, rule)
        )

        @asked_once
        @wraps(predicate)
        def asked(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Verdict:
            answer = predicate(*args, **kwargs)
            details = answer.details if isinstance(answer, Because) else {}
            own = (answer.source if isinstance(answer, Because) else FORM) or source
            return Verdict(predicate.__name__, bool(answer), refusal, own, rule, details)

        return asked

    return decorate


def all_hold(verdicts: Iterable[Verdict]) -> bool:
    """Tell whether every one holds, so that the act is possible."""
    return all(verdict.holds for verdict in verdicts)


def require(*verdicts: Verdict) -> None:
    """
    Go on only when every verdict holds.

    Raises:
        Refused: carries each verdict that does not hold.
    """
    failed = [verdict for verdict in verdicts if not verdict.holds]
    if failed:
        raise Refused(*failed)
