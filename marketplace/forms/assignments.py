"""Hand a thing over, and say who stands in for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.fields import DayField
from marketplace.models import Membership, Organization, User


class PersonField(forms.ChoiceField):
    """One of some people."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.people: dict[str, User] = {}

    def choose_from(self, people: Sequence[User]) -> None:
        """Offer these people."""
        self.people = {str(one.pk): one for one in people}
        self.choices = [("", _("请选择")), *((key, str(one)) for key, one in self.people.items())]

    def clean(self, value: Any) -> User:
        return self.people[super().clean(value)]


class HandOverForm(forms.Form):
    """To whom."""

    officer = PersonField(label=_("转交给"))

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["officer"]
        assert isinstance(field, PersonField)  # noqa: S101 - declared above
        field.choose_from(people)


class StandInForm(forms.Form):
    """Who is away, who does their work, and on which days."""

    GUARD_FIELDS = {
        "substitute_is_another": "substitute",
        "days_lie_ahead": "last_day",
        "nobody_stands_in_yet": "first_day",
    }

    absent = PersonField(label=_("不在岗的人"))
    substitute = PersonField(label=_("代办人"))
    first_day = DayField(label=_("自"))
    last_day = DayField(label=_("至"), help_text=_("当天仍由代办人办理。"))

    def __init__(
        self, *args: Any, organization: Organization, only: User | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.objects.members_of(organization)
        people = list({one.user_id: one.user for one in members}.values())
        absent, substitute = self.fields["absent"], self.fields["substitute"]
        assert isinstance(absent, PersonField)  # noqa: S101 - declared above
        assert isinstance(substitute, PersonField)  # noqa: S101 - declared above
        absent.choose_from(people if only is None else [only])
        substitute.choose_from([one for one in people if one != only])
