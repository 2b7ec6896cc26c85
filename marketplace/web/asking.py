"""A page that asks before an act, and says what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import HttpResponse

from marketplace.kernel.verdicts import Verdict
from marketplace.web.act_views import AskingView
from marketplace.web.components import Text


@dataclass(frozen=True)
class Asked:
    """What the page is called, what follows from the act, and what keeps it back."""

    title: Text
    button: Text
    lead: Text
    effects: Iterable[Text]
    verdicts: tuple[Verdict, ...]
    is_grave: bool = True

    @property
    def button_class(self) -> str:
        """The look of the button: an act that cannot be taken back warns."""
        return "btn-danger" if self.is_grave else "btn-primary"

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The first rule that does not hold; empty when the act is possible."""
        return tuple(verdict for verdict in self.verdicts if not verdict.holds)[:1]


class AskedView(AskingView):
    """
    An act whose page is made of `asked`; its template builds on `frame/asking.html`.

    What cannot be done has no form; a form that was sent stays, with what was typed.
    """

    template: ClassVar[str]

    def asked(self) -> Asked:
        """Return what the page says."""
        raise NotImplementedError

    def beside(self, asked: Asked) -> dict[str, Any]:
        """Return what else the template shows: the thing, its facts, the crumbs."""
        raise NotImplementedError

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        asked = self.asked()
        return self.page(
            self.template,
            status=status,
            asked=asked,
            is_closed=bool(asked.failed) and not form.is_bound,
            form=form,
            back_url=self.where(None),
            **self.beside(asked),
        )
