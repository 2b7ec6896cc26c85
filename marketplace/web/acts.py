"""An act on a page: with its form or button when it is possible, with the reason when it is not."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.forms import BaseForm

from marketplace.kernel.verdicts import Verdict
from marketplace.web.components import PostingComponent, Text
from marketplace.web.reasons import Why


@dataclass(frozen=True)
class Act(PostingComponent):
    """
    One act of a side: `name` is that of its address, `label` what its button says.

    With a form, which is what is drawn of it, it is done on the page, behind the words of `summary`
    if there are any; without one its button leads to a page that asks first.
    """

    name: str
    label: Text
    url: str
    verdicts: tuple[Verdict, ...]
    form: BaseForm | None = None
    summary: Text = ""
    kind: str = "primary"

    template_name = "components/act_form.html"

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The first rule that the act meets and that does not hold; empty when it is possible."""
        return tuple(verdict for verdict in self.verdicts if not verdict.holds)[:1]

    @property
    def is_drawn_as_form(self) -> bool:
        """Tell whether the form is shown: when it can be sent, or was and is refused."""
        return self.form is not None and (not self.failed or self.form.is_bound)

    @property
    def loses_files(self) -> bool:
        """Tell whether files were sent that a browser does not keep in the form."""
        return self.form is not None and self.form.is_bound and self.form.is_multipart()

    @property
    def is_offered(self) -> bool:
        """Tell whether a button leads to the page that asks first."""
        return self.form is None and not self.failed


@dataclass(frozen=True)
class ClosedActs:
    """Acts that are not possible now for one and the same reason."""

    failed: tuple[Verdict, ...]
    acts: list[Act] = field(default_factory=list)

    @property
    def why(self) -> Why:
        """The reason, by which the buttons are described."""
        return Why(f"why-{self.acts[0].name}", self.failed)


@dataclass(frozen=True)
class Acts(PostingComponent):
    """The acts of one section of the page."""

    acts: list[Act]

    template_name = "components/acts.html"

    @property
    def with_form(self) -> list[Act]:
        return [act for act in self.acts if act.is_drawn_as_form]

    @property
    def offered(self) -> list[Act]:
        return [act for act in self.acts if act.is_offered]

    @property
    def is_refused(self) -> bool:
        """Tell whether a form was sent and refused; it must not get lost."""
        return any(act.form is not None and act.form.is_bound for act in self.acts)

    @property
    def closed(self) -> list[ClosedActs]:
        """What is not possible now, grouped by the reason."""
        groups: dict[str, ClosedActs] = {}
        for act in self.acts:
            if act.failed and not act.is_drawn_as_form:
                group = groups.setdefault(act.failed[0].guard, ClosedActs(act.failed))
                group.acts.append(act)
        return list(groups.values())


@dataclass(frozen=True)
class Confirmation(PostingComponent):
    """
    The end of a page that asks before an act that cannot be taken back, the safe button first.

    `stay` are the words of that one, and `form` is what the act needs to be given.
    """

    act: Act
    stay: Text
    back_url: str
    form: BaseForm | None

    template_name = "components/confirmation.html"
