"""An agency's application, and the officer's decision on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.fields import (
    OF_NO_ENTERPRISE,
    DayField,
    DivisionField,
    DocumentsField,
    OutsidePlaceField,
    ServiceClassField,
    SingleLines,
    SizeField,
    TakesFiles,
    UsccField,
    refuse_id_card,
)
from marketplace.forms.remarks import RemarksForm
from marketplace.forms.telephones import TelephoneField
from marketplace.guards.admissions import NEEDED_OF_AGENCY, NEEDED_OF_ORGANIZATION
from marketplace.guards.papers import Needed, needed_papers
from marketplace.guards.registration import NO_ENTERPRISES
from marketplace.models import Agency, AgencyPaper, Practitioner, Qualification

OTHER_PAPERS = (
    AgencyPaper.Kind.AUTHORITY,
    AgencyPaper.Kind.COMMITMENT,
    AgencyPaper.Kind.OTHER,
)


class FactsForm(SingleLines, forms.ModelForm[Agency]):
    """The facts of the agency and its organisation; `is_partial` lets most of them stay open."""

    name = forms.CharField(label=_("机构名称"), max_length=120)
    uscc = UsccField()
    division = DivisionField()
    registered_in = OutsidePlaceField()
    legal_representative = forms.CharField(label=_("法定代表人"), max_length=32, required=False)
    address = forms.CharField(label=_("登记地址"), max_length=200, required=False)
    founded_on = DayField(label=_("成立日期"), required=False)
    business_until = DayField(
        label=_("营业期限至"), required=False, help_text=_("长期有效的不填。")
    )
    registered_capital = forms.DecimalField(
        label=_("注册资本（万元）"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    size = SizeField()
    contact_name = forms.CharField(label=_("联系人"), max_length=32, required=False)
    contact_phone = TelephoneField(required=False)
    contact_email = forms.EmailField(label=_("联系邮箱"), required=False)

    field_order = [
        *("name", "uscc", "nature", "division", "registered_in"),
        *("size", "legal_representative", "founded_on"),
        *("registered_capital", "business_until", "business_scope", "address", "office_address"),
        *("contact_name", "contact_phone", "contact_email", "introduction"),
    ]

    class Meta:
        model = Agency
        fields = [
            *("nature", "founded_on", "registered_capital", "business_scope", "business_until"),
            *("office_address", "introduction"),
        ]
        widgets = {
            "nature": forms.RadioSelect,
            "business_scope": forms.Textarea(attrs={"rows": 4}),
            "introduction": forms.Textarea(attrs={"rows": 4}),
        }

    OF_ORGANIZATION = (
        *("name", "uscc", "division", "registered_in", "legal_representative", "address"),
        *("size", "contact_name", "contact_phone", "contact_email"),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        agency: Agency,
        on: date,
        is_partial: bool = False,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        organization = agency.organization
        known = {name: getattr(organization, name) for name in self.OF_ORGANIZATION}
        super().__init__(data, files, instance=agency, initial={**known, **(initial or {})})
        self.on = on
        self.fields["nature"].choices = Agency.Nature.choices  # type: ignore[attr-defined]
        for name in () if is_partial else (*NEEDED_OF_ORGANIZATION, *NEEDED_OF_AGENCY):
            self.fields[name].required = True
        uscc = self.fields["uscc"]
        if isinstance(uscc, UsccField):
            uscc.organization = organization

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("size") and given.get("nature") in NO_ENTERPRISES:
            self.add_error("size", OF_NO_ENTERPRISE)
        return given

    def clean_founded_on(self) -> date | None:
        founded_on: date | None = self.cleaned_data["founded_on"]
        if founded_on is not None and founded_on > self.on:
            raise forms.ValidationError(_("成立日期不能晚于今天。"))
        return founded_on


WORD_GIVEN = {
    **dict.fromkeys(("certificate_number", "discipline", "issuer"), ""),
    "name": _("承诺"),
    "level": Qualification.Level.NONE,
    "valid_from": None,
    "valid_until": None,
}


class QualificationForm(SingleLines, forms.ModelForm[Qualification]):
    """
    One certificate or filing, or the agency's word for a class in which no law asks for either.

    A word has no number, issuer or level, and holds from the day on which it is given.
    """

    PAPER = ("name", "certificate_number", "issuer", "valid_from")

    service_class = ServiceClassField()
    kind = forms.ChoiceField(
        label=_("凭什么承接"),
        choices=Qualification.Kind,
        widget=forms.RadioSelect,
        initial=Qualification.Kind.CERTIFICATE,
        required=False,
        help_text=_("法律、行政法规没有要求资质的类别选“承诺”，下面只填类别，其余不用填。"),
    )
    certificate_number = forms.CharField(
        label=_("证书编号"), max_length=60, required=False, validators=[refuse_id_card]
    )
    valid_from = DayField(label=_("有效期自"), required=False)
    valid_until = DayField(
        label=_("有效期至"), required=False, help_text=_("长期有效的不填。当天仍然有效。")
    )

    class Meta:
        model = Qualification
        fields = [
            *("service_class", "kind"),
            *("name", "certificate_number", "discipline", "level", "issuer"),
            *("valid_from", "valid_until"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        return kind or Qualification.Kind.CERTIFICATE

    def clean(self) -> dict[str, Any]:
        """Ask for what a paper has, and leave out of a word what it has not."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Qualification.Kind.COMMITMENT:
            return cleaned | WORD_GIVEN
        required = forms.Field.default_error_messages["required"]
        for name in self.PAPER:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, forms.ValidationError(required, code="required"))
        start, end = cleaned.get("valid_from"), cleaned.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _("有效期的结束不能早于开始。"))
        return cleaned


class PractitionerForm(SingleLines, forms.ModelForm[Practitioner]):
    """One professional."""

    class Meta:
        model = Practitioner
        fields = ["name", "certificate_name", "certificate_number"]

    def clean_certificate_number(self) -> str:
        number: str = self.cleaned_data["certificate_number"]
        refuse_id_card(number)
        return number


class PapersForm(TakesFiles, SingleLines, forms.Form):
    """One or several files of one paper of the application."""

    paper = forms.ChoiceField(label=_("这是哪一份材料"))
    scans = DocumentsField()

    def __init__(
        self, *args: Any, agency: Agency, needed: Sequence[Needed] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = needed_papers(agency) if needed is None else needed
        self.needed = {one.key: one for one in rows}
        missing = [one.key for one in rows if not one.is_there]
        others = [(kind.value, kind.label) for kind in OTHER_PAPERS]
        choice = self.fields["paper"]
        choice.choices = [  # type: ignore[attr-defined]
            *((one.key, one.label) for one in rows),
            *others,
        ]
        choice.initial = missing[0] if missing else next((one.key for one in rows), None)

    def filed(self) -> dict[str, Any]:
        """Return what an action takes of a valid form."""
        key, files = self.cleaned_data["paper"], self.cleaned_data["scans"]
        found = self.needed.get(key)
        if found is None:
            return {"kind": key, "files": files}
        of = {"qualification": found.qualification, "practitioner": found.practitioner}
        return {"kind": found.kind, "files": files, **of}


class CommitmentForm(forms.Form):
    """The signature under the commitment."""

    agreed = forms.BooleanField(label=_("本单位已阅读并作出以上承诺"))


class FreshTick(forms.BooleanField):
    """A confirmation of what a page shows: shown again, it asks anew."""

    def bound_data(self, _data: Any, initial: Any) -> Any:
        return initial


class NamesakesForm(forms.Form):
    """
    The confirmation that the representative is none of the namesakes that the page showed.

    It says so of no decision that came after.
    """

    is_another_person = FreshTick(
        label=_("已核实身份证明，法定代表人与被限制的机构的法定代表人不是同一人"), required=False
    )
    namesakes = forms.Field(required=False, widget=forms.MultipleHiddenInput)

    def clean(self) -> dict[str, Any]:
        """Replace the tick and what was shown by what is ruled out."""
        values = dict(super().clean() or self.cleaned_data)
        shown, is_ticked = values.pop("namesakes", None), values.pop("is_another_person", False)
        return {**values, "ruled_out": shown if shown and is_ticked else []}


class ApprovalForm(NamesakesForm):
    """The officer's confirmations, each asked only when there is something to confirm."""

    uscc_confirmed = forms.BooleanField(
        label=_("已对照证照核实，统一社会信用代码与证照一致"), required=False
    )


class ReturnForm(RemarksForm):
    """Why the application goes back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].help_text = _("逐项选了意见的可以不写；写的机构会原样看到。")


class ObjectionForm(SingleLines, forms.Form):
    """Why an objection is right; the publicity ends with it."""

    reasons = forms.CharField(
        label=_("异议成立的理由"),
        help_text=_("写明异议指出了什么、核实的结果、要机构改什么。机构会原样看到。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class NamesakeForm(NamesakesForm):
    """The officer's confirmation while the publicity runs or is held."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_another_person"].required = True
