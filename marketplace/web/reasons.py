"""Components that say which rules hold, and which do not and why."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marketplace.kernel.verdicts import Verdict
from marketplace.web.components import Component, PostingComponent, Text


@dataclass(frozen=True)
class Why(Component):
    """Why something is not possible now, rule by rule; `name` is the id that a button names."""

    name: str
    failed: Sequence[Verdict]

    template_name = "components/why.html"


@dataclass(frozen=True)
class Verdicts(Component):
    """What was checked: what fails, what holds and says so, and how much else holds."""

    failed: Sequence[Verdict]
    stated: Sequence[Verdict]
    silent: int

    template_name = "components/verdicts.html"

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> Verdicts:
        """Return what `verdicts` say; those without a sentence of their own are counted."""
        asked = list(verdicts)
        held = [verdict for verdict in asked if verdict.holds]
        stated = [verdict for verdict in held if str(getattr(verdict, "statement", ""))]
        failed = [verdict for verdict in asked if not verdict.holds]
        return cls(failed, stated, len(held) - len(stated))

    @property
    def says_more(self) -> bool:
        """Tell whether anything stands before the count."""
        return bool(self.failed or self.stated)


@dataclass(frozen=True)
class ActionButton(PostingComponent):
    """
    A button that posts, or a link that looks like one; disabled, with its reasons, while `why`.

    `name` and `value` are sent by it; `icon` is of the sprite, `classes` are of the button.
    """

    label: Text
    url: str
    why: Why | None = None
    is_link: bool = False
    kind: str = "primary"
    icon: str = ""
    classes: str = ""
    name: str = ""
    value: object = ""

    template_name = "components/action_button.html"


def why_not(verdicts: Iterable[Verdict], *about: object) -> Why | None:
    """Return why not, under a name made of what it is `about`; None when every verdict holds."""
    failed = [verdict for verdict in verdicts if not verdict.holds]
    if not failed:
        return None
    about_it = "|".join(map(str, about))
    return Why(f"why-{zlib.crc32(about_it.encode()):08x}", failed)
