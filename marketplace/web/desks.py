"""A page with the forms of several acts, each of which comes back to it when it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import HttpResponse

from marketplace.web.act_views import ActView
from marketplace.web.views import PartyView


class DeskView(PartyView):
    """What the page and its acts share: the thing, and the forms by their names."""

    FORMS: ClassVar[Mapping[str, type[BaseForm]]] = {}

    def form_of(self, name: str, *posted: Any, **options: Any) -> BaseForm:
        """Return one of the forms of the page, filled in with what was `posted`, if anything."""
        return self.FORMS[name](*posted, **options)

    def forms(self, sent: Mapping[str, BaseForm]) -> dict[str, BaseForm]:
        """Return all forms of the page, a refused one as it was `sent`."""
        return {name: sent.get(name) or self.form_of(name) for name in self.FORMS}

    def show_desk(self, status: int = 200, **sent: BaseForm) -> HttpResponse:
        """Return the page; `sent` holds a refused form by the name of its act."""
        raise NotImplementedError


class DeskAct(DeskView, ActView):
    """One act of the page; `name` is that of its form."""

    name: ClassVar[str]

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return self.form_of(self.name, *posted, **options)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.show_desk(status, **{self.name: form})
