"""What a manager fills in of the catalogue: an item, who may do its work, and a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.fields import DayField, SingleLines, service_class_choices
from marketplace.guards.requirements import Names, described, joined
from marketplace.kernel import known
from marketplace.kernel.citations import sources_of
from marketplace.kernel.library import library
from marketplace.models import ListChange, Qualification, ServiceClass, ServiceItem
from marketplace.requirement_edits import NoSuchPlace, Place, places, read_place
from marketplace.requirement_edits import written as place_text
from marketplace.requirements import (
    AllOf,
    AnyOf,
    Certificate,
    Commitment,
    Filing,
    Leaf,
    Nothing,
    Practitioners,
    Requirement,
)

Kind = ListChange.Kind
PROBLEMS = {
    "not_a_source": _("依据的写法无法识别，例如“《名称》第三条”“国发〔2022〕5号”。"),
    "unknown_source": _("法规依据里没有这份文件。"),
    "unknown_article": _("法规依据里没有这一条。"),
    "article_not_named": _("请写明条款。"),
    "reference_or_law": _("其他地方的规定只能写作参考。"),
}


def refuse_unknown_basis(text: str) -> None:
    """Refuse a basis that cannot be opened."""
    if problem := library().problem_in(text):
        raise forms.ValidationError(PROBLEMS.get(problem, problem), problem)


def name_the_empty_choice(field: forms.Field) -> None:
    """Say in a list of a model's field what its empty choice means: nothing is known yet."""
    _dashes, *others = field.widget.choices
    field.widget.choices = [("", _("没有写明")), *others]


class ItemForm(SingleLines, forms.ModelForm[ServiceItem]):
    """Every field of a version but who may do the work, which has its own page."""

    missing = forms.CharField(
        label=_("尚缺内容"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一项；草稿没有公布的原因写在这里。"),
    )

    class Meta:
        model = ServiceItem
        fields = [
            *("code", "name", "service_class", "category", "related_approval", "legal_basis"),
            *("department", "level", "commissioned_by", "paid_by", "fund_sources", "deliverable"),
            *("agency_requirement", "certificate_issuer", "service_days", "service_days_text"),
            *("price_management", "price_standard", "price_basis", "applicant_may_do_alone"),
            *("alone_basis", "alone_quote", "norm", "chosen_by", "part_of", "source_document"),
            *("checked_on", "valid_from", "valid_until", "missing"),
        ]
        field_classes = {"checked_on": DayField, "valid_from": DayField, "valid_until": DayField}
        widgets = {"legal_basis": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "legal_basis": _("多项依据用“；”隔开，例如“《水法》第十九条；国发〔2022〕5号”。"),
            "chosen_by": _("法律规定由他人选定机构的，填写由谁选定；这样的事项不能公布。"),
            "part_of": _("只是另一个事项的环节的，填写那个事项的名称；这样的事项不能公布。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["code"]
        for name in ("service_class", "commissioned_by", "paid_by", "price_management"):
            name_the_empty_choice(self.fields[name])
        self.initial["missing"] = "\n".join(self.instance.missing)

    def clean_missing(self) -> list[str]:
        lines = self.cleaned_data["missing"].splitlines()
        return [line.strip() for line in lines if line.strip()]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if ServiceItem.objects.filter(code=code).exists():
            raise forms.ValidationError(_("这个编码已经有事项，请从它起草新的版本。"))
        return code

    def clean_legal_basis(self) -> str:
        return self._opened("legal_basis")

    def clean_alone_basis(self) -> str:
        return self._opened("alone_basis")

    def _opened(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        refuse_unknown_basis(text)
        return text

    def values(self) -> dict[str, Any]:
        """Return what was filled in, as the item keeps it."""
        return dict(self.cleaned_data)


class EditKind(forms.ChoiceField):
    """What is done at a place of the requirement."""

    ADD, REPLACE, REMOVE = "add", "replace", "remove"

    def __init__(self) -> None:
        choices = [
            (self.ADD, _("增加一项条件")),
            (self.REPLACE, _("换成一项条件")),
            (self.REMOVE, _("去掉")),
            (AnyOf.kind, _("各项改为具备其一")),
            (AllOf.kind, _("各项改为须同时具备")),
        ]
        super().__init__(label=_("怎样修改"), choices=choices, initial=self.ADD)


LEAVES = {
    Certificate.kind: _("资质证书"),
    Filing.kind: _("备案"),
    Commitment.kind: _("承诺"),
    Practitioners.kind: _("执业人员"),
    Nothing.kind: _("不作要求"),
}
LEVELS = [(value, label) for value, label in Qualification.Level.choices if value != "none"]


class RequirementForm(SingleLines, forms.Form):
    """One change of who may do the work, at one place of the tree."""

    place = forms.ChoiceField(label=_("修改哪里"), required=False)
    edit = EditKind()
    kind = forms.ChoiceField(label=_("条件"), choices=list(LEAVES.items()), required=False)
    service_class = forms.ChoiceField(
        label=_("服务类别"), choices=service_class_choices, required=False
    )
    discipline = forms.CharField(label=_("专业"), max_length=60, required=False)
    level = forms.ChoiceField(label=_("等级"), choices=[("", _("不限")), *LEVELS], required=False)
    higher_too = forms.BooleanField(label=_("更高的等级也可以"), required=False, initial=True)
    head_office_too = forms.BooleanField(
        label=_("分支机构可以使用总机构的证书、备案"), required=False
    )
    profession = forms.CharField(label=_("职业资格"), max_length=60, required=False)
    count = forms.IntegerField(label=_("人数"), min_value=1, required=False)
    basis = forms.CharField(
        label=_("依据"),
        max_length=200,
        required=False,
        validators=[refuse_unknown_basis],
        help_text=_("要求资质证书的，须有法律、行政法规或者国务院决定依据。"),
    )

    def __init__(self, *args: Any, tree: Requirement, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(_placed(tree, names))  # type: ignore[attr-defined]

    def clean_place(self) -> Place:
        try:
            return read_place(self.cleaned_data["place"])
        except NoSuchPlace as error:
            raise forms.ValidationError(_("没有这一处，请重新选。")) from error

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("edit") not in {EditKind.ADD, EditKind.REPLACE}:
            return given
        kind = given.get("kind")
        if kind in {Certificate.kind, Filing.kind, Commitment.kind}:
            self._need("service_class")
        if kind == Practitioners.kind:
            self._need("profession")
        if kind == Certificate.kind and not sources_of(given.get("basis", "")):
            self.add_error("basis", _("请填写要求证书的法律依据。"))
        return given

    def _need(self, name: str) -> None:
        if not self.cleaned_data.get(name):
            self.add_error(name, _("这一种条件要填写这一项。"))

    def leaf(self) -> Leaf:
        """Return the condition that was filled in."""
        given = self.cleaned_data
        code, basis = given["service_class"], given["basis"]
        match given["kind"]:
            case Certificate.kind:
                return Certificate(
                    code,
                    basis,
                    discipline=given["discipline"],
                    level=given["level"],
                    higher_too=given["higher_too"],
                    head_office_too=given["head_office_too"],
                )
            case Filing.kind:
                return Filing(code, basis, head_office_too=given["head_office_too"])
            case Practitioners.kind:
                return Practitioners(given["profession"], given["count"] or 1, basis)
            case Nothing.kind:
                return Nothing(basis)
        return Commitment(code, basis)


def _placed(tree: Requirement, names: Names) -> Iterable[tuple[str, str]]:
    for place, part in places(tree):
        words = joined(part) if isinstance(part, AnyOf | AllOf) else described(part, names)
        yield place_text(place), "　" * len(place) + words


class ItemsField(forms.ModelMultipleChoiceField):
    """Several items, each told by its code and its name."""

    def label_from_instance(self, obj: ServiceItem) -> str:
        return f"{obj.code} {obj.name}"


class ListForm(SingleLines, forms.Form):
    """A list: its number, its date, and what it changes."""

    number = forms.CharField(label=_("文号"), max_length=60)
    dated_on = DayField(label=_("日期"))
    reason = forms.CharField(
        label=_("说明"), max_length=200, help_text=_("暂停、取消的理由会显示在事项页。")
    )
    publish = ItemsField(
        label=_("公布"),
        queryset=ServiceItem.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    suspend = forms.CharField(
        label=_("暂停"), max_length=400, required=False, help_text=_("事项编码，用空格隔开。")
    )
    abolish = forms.CharField(
        label=_("取消"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一个事项编码；有替代事项的，在后面空一格写它的编码。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drafts = ServiceItem.objects.filter(
            status__in=[ServiceItem.Status.DRAFT, ServiceItem.Status.SUSPENDED]
        )
        self.fields["publish"].queryset = drafts.order_by("code")  # type: ignore[attr-defined]

    def clean_suspend(self) -> list[tuple[ServiceItem, str]]:
        codes = self.cleaned_data["suspend"].split()
        return [(self._in_use(code), "") for code in codes]

    def clean_abolish(self) -> list[tuple[ServiceItem, str]]:
        lines = [line.split() for line in self.cleaned_data["abolish"].splitlines()]
        return [(self._in_use(line[0]), line[1] if len(line) > 1 else "") for line in lines if line]

    @staticmethod
    def _in_use(code: str) -> ServiceItem:
        in_use = [ServiceItem.Status.PUBLISHED, ServiceItem.Status.SUSPENDED]
        found = ServiceItem.objects.filter(code=code, status__in=in_use).last()
        if found is None:
            raise forms.ValidationError(
                _("没有公布或者暂停的事项%(code)s。"), params={"code": code}
            )
        return found

    def changes(self) -> list[ListChange]:
        """Return what the list changes; the rows belong to no list yet."""
        given, reason = self.cleaned_data, self.cleaned_data["reason"]
        published = [ListChange(item=item, kind=Kind.PUBLISH) for item in given["publish"]]
        ended = [
            ListChange(item=item, kind=kind, reason=reason, replaced_by=replacement)
            for kind in (Kind.SUSPEND, Kind.ABOLISH)
            for item, replacement in given[kind]
        ]
        return [*published, *ended]


class SubmissionForm(SingleLines, forms.Form):
    """To whom a list was sent, by which document, and when."""

    GUARD_FIELDS = {
        "submission_day_is_possible": "submitted_on",
        "submission_is_new": "document_number",
    }

    authority = forms.CharField(label=_("报送机关"), max_length=120)
    document_number = forms.CharField(label=_("报送文号"), max_length=60)
    submitted_on = DayField(label=_("报送日期"))


def class_names() -> Names:
    """Return what gives the name of any class; one query."""
    rows = ServiceClass.objects.values_list("code", "name")
    names = known.once("names of classes", read=lambda: dict(rows))
    return lambda code: names.get(code, code)
