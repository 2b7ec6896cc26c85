"""The pool of experts as its keepers fill it in, and what an expert answers and scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bidding.forms.choices import named
from bidding.models import Expert, ExpertTie, PanelSeat
from bidding.selection.scoring import WHOLE, Template
from marketplace.forms.fields import SingleLines
from marketplace.identifiers import check_uscc
from marketplace.models import Division, Membership, Organization, ServiceClass, User

LINES = forms.Textarea(attrs={"rows": 3})
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WORDS = {str(label): value for value, label in ExpertTie.Kind.choices}


class ExpertForm(SingleLines, forms.Form):
    """A person of the office who has taken the role of an expert, and what has to be known."""

    GUARD_FIELDS: ClassVar = {
        "person_is_an_expert_of_the_office": "user",
        "person_is_not_registered": "user",
        "expert_has_a_specialty": "specialties",
        "term_is_a_period": "serves_until",
        "codes_are_right": "ties",
        "identity_number_is_right": "identity_number",
    }

    user: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        User.objects.none(),
        label=_("账号"),
        help_text=_("先在“成员”里邀请本人担任评审专家，接受以后在这里选择。"),
    )
    name = forms.CharField(label=_("姓名"), max_length=32)
    title = forms.CharField(label=_("职称或者执业资格"), max_length=60)
    identity_number = forms.CharField(
        label=_("身份证号码"),
        max_length=18,
        required=False,
        help_text=_("用来核对本人持股、任职的单位；只换算成核对用的键，号码不保存。"),
    )
    specialties: forms.ModelMultipleChoiceField[ServiceClass] = forms.ModelMultipleChoiceField(
        ServiceClass.objects.all(),
        label=_("专业（服务类别）"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选择至少一个专业。")},
    )
    division: forms.ModelChoiceField[Division] = forms.ModelChoiceField(
        Division.objects.none(), label=_("常住地")
    )
    employer = forms.CharField(label=_("工作单位"), max_length=131)
    employer_uscc = forms.CharField(
        label=_("工作单位统一社会信用代码"),
        max_length=24,
        required=False,
        help_text=_("填写以后，与它有控股、管理关系的单位也一并回避。"),
    )
    ties = forms.CharField(
        label=_("应当回避的其他单位"),
        max_length=2000,
        required=False,
        widget=LINES,
        help_text=_(
            "每行一个，先写利害关系，再写统一社会信用代码。利害关系写："
            "三年内曾经任职、持有股份或者出资、近亲属任职或者持股。"
        ),
    )
    serves_from = forms.DateField(label=_("聘期起"), widget=DATE)
    serves_until = forms.DateField(label=_("聘期止"), widget=DATE)

    def __init__(self, *args: Any, office: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Membership.objects.active().filter(
            organization=office, role=Membership.Role.EXPERT, user__expert__isnull=True
        )
        users, divisions = self.fields["user"], self.fields["division"]
        assert isinstance(users, forms.ModelChoiceField)  # noqa: S101 - it stands above
        assert isinstance(divisions, forms.ModelChoiceField)  # noqa: S101 - it stands above
        users.queryset = User.objects.filter(pk__in=held.values("user")).order_by("pk")
        divisions.queryset = Division.objects.filter(
            code__startswith=office.division.prefix
        ).order_by("code")

    def clean_ties(self) -> list[tuple[str, str]]:
        """Read one line for each unit."""
        found = []
        for line in self.cleaned_data["ties"].splitlines():
            kind, _blank, code = line.strip().rpartition(" ")
            if not line.strip():
                continue
            if kind.strip() not in WORDS:
                raise ValidationError(_("“%(line)s”没有写明利害关系。") % {"line": line.strip()})
            found.append((WORDS[kind.strip()], check_uscc(code).value))
        return list(dict.fromkeys(found))


class MoveExpertForm(SingleLines, forms.Form):
    """Suspend somebody, take them back, or remove them."""

    GUARD_FIELDS: ClassVar = {"status_has_reasons": "reasons", "expert_stands_otherwise": "status"}

    status = forms.ChoiceField(label=_("改为"), choices=Expert.Status.choices)
    reasons = forms.CharField(
        label=_("理由"),
        max_length=300,
        required=False,
        widget=LINES,
        help_text=_("暂停和出库须写明。出库以后不能再入库；已经抽中的评审不受影响。"),
    )


class AcceptForm(forms.Form):
    """An expert's word that nothing stands in the way."""

    GUARD_FIELDS: ClassVar = {"no_interest_is_declared": "is_free"}

    is_free = forms.BooleanField(
        label=_(
            "我与项目业主、报名机构没有任职、持股、近亲属或者其他可能影响公正评审的关系，"
            "并对评审内容保密"
        ),
        required=False,
    )


class WithdrawForm(SingleLines, forms.Form):
    """Why somebody gives a seat up, or loses it."""

    GUARD_FIELDS: ClassVar = {"withdrawal_has_reasons": "reasons"}

    reasons = forms.CharField(
        label=_("理由"),
        max_length=PanelSeat._meta.get_field("reasons").max_length,
        required=False,
        widget=LINES,
    )


class SheetForm(SingleLines, forms.Form):
    """A whole number for each criterion of each bidder, and a word; a draft may lack some."""

    GUARD_FIELDS: ClassVar = {"comment_says_why": "comment"}

    comment = forms.CharField(
        label=_("评审意见"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明各方案得分高低的理由。结果公布时与姓名一起向社会公开，提交后不能更改。"),
    )

    def __init__(
        self, *args: Any, bidders: Mapping[str, str], template: Template | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.bidders, self.criteria = bidders, template.criteria if template else ()
        asked = [
            (uscc, place, name, weight)
            for uscc in bidders
            for place, (name, weight) in enumerate(self.criteria)
        ]
        for uscc, place, name, weight in asked:
            said = {"criterion": name, "weight": weight}
            self.fields[named(uscc, place)] = forms.IntegerField(
                label=_("%(criterion)s（权重 %(weight)s%%）") % said,
                min_value=0,
                max_value=WHOLE,
                required=False,
            )
        self.order_fields([named(uscc, place) for uscc, place, _name, _weight in asked])

    @property
    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields of each bidder with its words, as one row of the sheet."""
        places = range(len(self.criteria))
        return [
            (words, [self[named(uscc, place)] for place in places])
            for uscc, words in self.bidders.items()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        points: dict[str, Sequence[int | None]] = {
            uscc: [cleaned.get(named(uscc, place)) for place in range(len(self.criteria))]
            for uscc in self.bidders
        }
        return {"points": points, "comment": cleaned.get("comment", "")}


def drafted(seat: PanelSeat) -> dict[str, Any]:
    """Return what a sheet holds so far, as its form begins with it."""
    filled = {
        named(uscc, place): point
        for uscc, given in seat.points.items()
        for place, point in enumerate(given)
        if point is not None
    }
    return {**filled, "comment": seat.comment}
