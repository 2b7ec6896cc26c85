"""What a buyer fills in, step by step, and what officers and parties must give reasons for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bidding.forms.amounts import AmountField, AsksAgain, ConfirmedAmount, folded
from bidding.forms.funds import SharesField
from bidding.forms.terms import DaysField, MomentField, ServiceTime, TimeField
from bidding.guards.funds import shares_make_a_whole, strictest_fund_holds, strictest_of
from bidding.guards.items import commission_suits_the_item, fund_suits_the_item
from bidding.guards.tenders import (
    ceiling_is_below_tender_limit,
    department_pays_in_approval,
    fiscal_order_is_below_open_tender,
    fund_suits,
    method_suits,
    price_is_explained,
    project_code_is_well_formed,
)
from bidding.guards.terms import ceiling_is_above_zero, low_ceiling_is_confirmed
from bidding.guards.times import service_period_is_short_enough
from bidding.models import OrderTemplate, Tender
from bidding.models.tender import QuoteKind, ServiceUnit
from bidding.rulebook import rules_for
from bidding.selection.methods import (
    METHODS,
    Method,
    asking_for,
    foreign_fields,
    method_name,
    own_parameters,
)
from marketplace.forms.fields import SingleLines
from marketplace.forms.telephones import TelephoneField
from marketplace.identifiers import with_hyphens
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Division, Organization, ServiceItem
from marketplace.web.refusals import RefusalError

SEVERAL = 2
"""From here on it is worth a word how many have to sign up."""
SELDOM = ("floor", "signup_until", "selection_at")
OF_UNITS = ("quantity_unit", "quantity")
MOST_UNITS = 10_000_000
"""Of how many units a price may be quoted."""


class ItemChoiceField(forms.ModelChoiceField):
    """A catalogue item, chosen by its code."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.service_class}）"


class ItemsField(forms.ModelMultipleChoiceField):
    """Several catalogue items, chosen by their codes."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.service_class}）"


class DivisionChoiceField(forms.ModelChoiceField):
    """A place, shown with its city."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_name)


class ItemForm(forms.Form):
    """Step one: which item of the catalogue, and where."""

    item = ItemChoiceField(
        label=_("服务事项"),
        queryset=ServiceItem.objects.none(),
        to_field_name="code",
        empty_label=_("请选择"),
        help_text=_("只能选已公布的目录事项。目录之外的服务不得作为审批的条件。"),
    )
    division = DivisionChoiceField(
        label=_("服务地点"),
        queryset=Division.objects.select_related("parent"),
        empty_label=_("请选择"),
        help_text=_("由服务地点所在地的运营机构审核和发布。"),
    )

    def __init__(self, *args: Any, items: QuerySet[ServiceItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]


class TemplateForm(SingleLines, forms.ModelForm[OrderTemplate]):
    """Under what name an order is kept as a template."""

    class Meta:
        model = OrderTemplate
        fields = ["name"]
        help_texts = {"name": _("例如“环评报告表编制”，本单位的人都可以用它起草。")}


class ProjectForm(SingleLines, forms.Form):
    """Several items of one project, each of which becomes a draft."""

    project_code = forms.CharField(
        label=_("统一项目代码"),
        max_length=32,
        help_text=_("例如 2610-360702-04-01-218846。"),
    )
    title = forms.CharField(
        label=_("项目名称"),
        max_length=120,
        help_text=_("各项采购的名称由它和事项名称组成，可以分别修改。"),
    )
    division = DivisionChoiceField(
        label=_("服务地点"),
        queryset=Division.objects.select_related("parent"),
        empty_label=_("请选择"),
    )
    items = ItemsField(
        label=_("服务事项"),
        queryset=ServiceItem.objects.none(),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, items: QuerySet[ServiceItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = items  # type: ignore[attr-defined]

    def clean_project_code(self) -> str:
        """Put full-width figures, marks and missing hyphens right."""
        return with_hyphens(folded(self.cleaned_data["project_code"]))

    def clean_items(self) -> list[ServiceItem]:
        return list(self.cleaned_data["items"])


@dataclass(frozen=True)
class Folded:
    """Some fields behind a word; `is_open` when one of them is filled in or wrong."""

    fields: list[forms.BoundField]
    is_open: bool


def behind_a_word(form: forms.BaseForm, names: Iterable[str]) -> Folded:
    """Return the named fields of `form` that it has."""
    found = [form[name] for name in names if name in form.fields]
    return Folded(found, any(bound.errors or bound.value() for bound in found))


class OrderForm(SingleLines, forms.ModelForm[Tender]):
    """
    A step of the wizard about one draft.

    What an order must hold is asked here too, by the guards of the act itself, so that a refusal
    stands beside the field that it is about.
    """

    REQUIRED: tuple[str, ...] = ()
    FOLDED: tuple[str, ...] = ()
    """Fields that few orders need, drawn behind a word."""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        for name in self.REQUIRED:
            self.fields[name].required = True

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields that every order needs."""
        return [bound for bound in self.visible_fields() if bound.name not in self.FOLDED]

    @property
    def folded(self) -> Folded:
        """The others, open where one of them says something."""
        return behind_a_word(self, self.FOLDED)

    def asked(self) -> Iterable[tuple[str, Verdict]]:
        """Yield what the order as filled in must hold, each with the field it is about."""
        raise NotImplementedError

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        for name, verdict in self.asked():
            if not verdict.holds and name not in self.errors:
                self.add_error(name, RefusalError(verdict))


class TimedForm(OrderForm):
    """A form that asks how long the service takes, in one field for two columns."""

    service_time = TimeField(
        label=_("服务期限"),
        help_text=_(
            "从合同签订起算，写明单位：20 个工作日、60 日、3 个月；也可以写“合同约定”或者"
            "“至竣工验收”。只写数字的按工作日。"
        ),
    )
    contact_phone = TelephoneField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tender = self.instance
        if tender.service_time or tender.lasts_as_agreed:
            unit = ServiceUnit(tender.service_unit)
            self.initial.setdefault("service_time", ServiceTime(tender.service_time, unit))

    def clean(self) -> dict[str, Any]:
        """Take the time apart into its number and its unit."""
        cleaned = super().clean() or {}
        time = cleaned.pop("service_time", None)
        return cleaned | time.columns if time else cleaned

    def _post_clean(self) -> None:
        for name in ("service_time", "service_unit"):
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        super()._post_clean()

    def clean_project_code(self) -> str:
        """Put full-width figures, marks and missing hyphens right."""
        return with_hyphens(folded(self.cleaned_data["project_code"]))


class NeedForm(TimedForm):
    """Step two: what is needed, by when, paid by what."""

    REQUIRED = ("title", "content", "service_time", "fund", "contact_name", "contact_phone")

    FOLDED = ("scale", "project_code", "fund_shares")

    fund_shares = SharesField(
        label=_("资金构成"),
        help_text=_(
            "有几种资金的填写，例如“财政资金 60%、社会资金 40%”，从严按其中最严格的一种办理。"
        ),
    )

    class Meta:
        model = Tender
        fields = [
            "title",
            "project_code",
            "content",
            "scale",
            "is_in_approval",
            "fund",
            "fund_shares",
            "contact_name",
            "contact_phone",
        ]
        widgets = {"content": forms.Textarea(attrs={"rows": 8}), "fund": forms.RadioSelect}
        help_texts = {
            "title": _("写明项目和所需服务，例如“沙河片区雨污分流改造工程环境影响报告表编制”。"),
            "project_code": _("有统一项目代码的填写，例如 2610-360702-04-01-218846。"),
            "is_in_approval": _("审批部门在审批过程中委托的服务，由部门付费，不得转由申请人承担。"),
            "fund": _("选取方式由资金来源决定。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self.fields["fund"], Tender.Fund.choices, lambda fund: fund_suits(self.instance, fund)
        )

    def clean(self) -> dict[str, Any]:
        """Let the strictest of several funds be the one whose rules hold."""
        cleaned = super().clean()
        if cleaned.get("fund") and (shares := cleaned.get("fund_shares")):
            cleaned["fund"] = strictest_of((cleaned["fund"], *shares))
        return cleaned

    def asked(self) -> Iterable[tuple[str, Verdict]]:
        tender = self.instance
        rules = rules_for(tender, self.at)
        yield "fund_shares", shares_make_a_whole(tender)
        yield "fund", strictest_fund_holds(tender)
        yield "project_code", project_code_is_well_formed(tender)
        yield "service_time", service_period_is_short_enough(tender, rules, self.at)
        yield "is_in_approval", commission_suits_the_item(tender)
        if tender.fund:
            yield "fund", fund_suits_the_item(tender)
            yield "fund", department_pays_in_approval(tender)
            if tender.method:
                yield "fund", method_suits(tender, tender.method, self.at)


@dataclass(frozen=True)
class MethodFields:
    """The fields that some methods ask for, and others do not."""

    methods: tuple[str, ...]
    fields: list[forms.BoundField]

    @property
    def always(self) -> list[forms.BoundField]:
        """The fields that stand open, whatever is quoted."""
        return [bound for bound in self.fields if bound.name not in (*OF_UNITS, *SELDOM)]

    @property
    def seldom(self) -> Folded:
        """The fields that few orders need."""
        names = [bound.name for bound in self.fields if bound.name in SELDOM]
        return behind_a_word(self.fields[0].form, names)

    @property
    def of_units(self) -> list[forms.BoundField]:
        """The fields for a price of units alone."""
        return [bound for bound in self.fields if bound.name in OF_UNITS]

    @property
    def legend(self) -> str:
        """Name the methods, several of them shortly."""
        if len(self.methods) == 1:
            return str(method_name(self.methods[0]))
        return str(_("、")).join(METHODS[name].words.short for name in self.methods)


class MethodForm(AsksAgain, OrderForm):
    """Step three: how the agency is found, and up to what price."""

    REQUIRED = ("method",)

    method = forms.ChoiceField(label=_("选取方式"), widget=forms.RadioSelect)
    ceiling = AmountField(
        label=_("最高限价（元）"),
        help_text=_(
            "报价不得高于这个金额。可以写 348000、348,000 或 34.8万，精确到分。"
            "非财政资金的采购不预估价格的，可以不填，但须写明限价依据。"
        ),
        required=False,
    )
    confirmed = ConfirmedAmount()
    quote = forms.ChoiceField(
        label=_("报价方式"), choices=QuoteKind.choices, widget=forms.RadioSelect, required=False
    )
    quantity = forms.IntegerField(
        label=_("暂估数量"),
        required=False,
        min_value=1,
        max_value=MOST_UNITS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    floor = AmountField(label=_("最低限价（元）"), required=False)
    signup_days = DaysField(label=_("报名期（工作日）"), required=False)
    signup_until = MomentField(label=_("报名截止时间"), required=False)
    selection_at = MomentField(label=_("选取时间"), required=False)

    class Meta:
        model = Tender
        fields = [
            "method",
            "ceiling",
            "quote",
            "quantity_unit",
            "quantity",
            "floor",
            "price_basis",
            "signup_days",
            "signup_until",
            "selection_at",
            "named_agency",
            "naming_reasons",
        ]
        help_texts = {"price_basis": _("说明限价怎样得来，例如预算批复、同类成交价。")}

    def __init__(
        self,
        *args: Any,
        agencies: QuerySet[Organization],
        offered: Callable[[], Iterable[Organization]],
        **kwargs: Any,
    ) -> None:
        """List `offered`, and take any of `agencies`: a guard has the reason against one."""
        super().__init__(*args, **kwargs)
        self.rules = rules_for(self.instance, self.at)
        named = self.fields["named_agency"]
        assert isinstance(named, forms.ModelChoiceField)  # noqa: S101 - of a foreign key
        named.queryset = agencies
        choices = [("", _("请选择"))]
        named.choices = cache(lambda: [*choices, *((one.pk, one.name) for one in offered())])
        for method in METHODS.values():
            for name, field in method.own_fields().items():
                self.fields[name] = field
                self.initial.setdefault(name, self.instance.parameters.get(name))
            for name, text in method.help_texts(self.rules).items():
                self.fields[name].help_text = str(text)
        options = [(name, method.words.name) for name, method in METHODS.items()]
        offer(self.fields["method"], options, partial(method_suits, self.instance, at=self.at))
        self.fields["method"].option_notes = {  # type: ignore[attr-defined]
            name: self._note(method) for name, method in METHODS.items()
        }

    def _note(self, method: Method) -> str:
        """Say how a method works, and how many have to sign up where one is not enough."""
        gist = str(method.words.gist)
        needed = method.min_signups(self.instance, self.rules) if self.instance.fund else 1
        if needed < SEVERAL:
            return gist
        return gist + gettext("有效报名少于 %(needed)s 家的流标。") % {"needed": needed}

    @property
    def groups(self) -> list[MethodFields]:
        """Return the fields that are not for every method, those for the same ones together."""
        asked: dict[tuple[str, ...], list[forms.BoundField]] = {}
        for bound in self.visible_fields():
            if methods := asking_for(bound.name):
                asked.setdefault(methods, []).append(bound)
        return [MethodFields(methods, fields) for methods, fields in asked.items()]

    @property
    def common(self) -> list[forms.BoundField]:
        """Return the fields for every method, but the choice of the method itself."""
        visible = self.visible_fields()
        return [one for one in visible if one.name != "method" and not asking_for(one.name)]

    def clean(self) -> dict[str, Any]:
        """Drop what belongs to other methods than the chosen one."""
        cleaned = super().clean() or {}
        method = cleaned.get("method", "")
        own = own_parameters(method, cleaned)
        if ceiling := cleaned.get("ceiling"):
            asked = partial(low_ceiling_is_confirmed, rules=self.rules)
            self.ask_again(ceiling, "ceiling", asked)
        cleaned["quote"] = cleaned.get("quote") or QuoteKind.AMOUNT
        if cleaned["quote"] != QuoteKind.UNIT:
            cleaned |= {"quantity": None, "quantity_unit": ""}
        columns = {name: cleaned[name] for name in self._meta.fields or () if name in cleaned}
        return columns | foreign_fields(method) | {"parameters": own}

    def _post_clean(self) -> None:
        self.instance.parameters = self.cleaned_data.get("parameters", {})
        super()._post_clean()

    def asked(self) -> Iterable[tuple[str, Verdict]]:
        tender = self.instance
        method = METHODS.get(tender.method)
        if tender.method:
            yield "method", method_suits(tender, tender.method, self.at)
        yield "ceiling", price_is_explained(tender)
        yield "ceiling", ceiling_is_above_zero(tender)
        yield "ceiling", ceiling_is_below_tender_limit(tender, self.rules)
        yield "ceiling", fiscal_order_is_below_open_tender(tender, self.rules)
        if method is not None:
            yield from method.asked(tender, self.rules, self.at)


def offer(
    choice: forms.Field, options: Iterable[tuple[str, Any]], suits: Callable[[str], Verdict]
) -> None:
    """List every option of a choice; one that cannot be used shows why (see `ui_forms`)."""
    choice.choices = [*options]  # type: ignore[attr-defined]
    choice.option_verdicts = {  # type: ignore[attr-defined]
        value: suits(value) for value, _label in options
    }


class ReviewForm(forms.Form):
    """The reviewer's confirmation, asked only when there is something to confirm."""

    uscc_confirmed = forms.BooleanField(
        label=_("已对照证照核实，项目业主的统一社会信用代码与证照一致"), required=False
    )


class RegistrationForm(forms.Form):
    """The officer's word on bidders whose representatives have one name, asked only then."""

    namesakes_ruled_out = forms.BooleanField(
        label=_("已核实身份证明，同名的法定代表人不是同一人"), required=False
    )


class ReasonsForm(SingleLines, forms.Form):
    """Reasons, which the other side and, where it is so stated, the public will read."""

    reasons = forms.CharField(
        label=_("理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明事实和依据，对方会原样看到。"),
    )
