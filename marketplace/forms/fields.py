"""Form fields that several forms share."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from marketplace.guards.documents import KNOWN, may_send_together, may_store_document
from marketplace.guards.registration import may_use_uscc
from marketplace.identifiers import check_uscc, is_id_card_number
from marketplace.kernel import known
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Division, Organization, PlaceCode, ServiceClass
from marketplace.names import unseen_in
from marketplace.web.examination import examined
from marketplace.web.refusals import RefusalError
from marketplace.web.uploads import KINDS

CONTROL = frozenset({"Cc", "Zl", "Zp"})


def raise_refusals(verdicts: tuple[Verdict, ...], about: str = "") -> None:
    """Turn the verdicts that do not hold into field errors; `about` names one of several things."""
    if refusals := [RefusalError(verdict, about) for verdict in verdicts if not verdict.holds]:
        raise ValidationError(refusals)


def refuse_id_card(value: str) -> None:
    """Refuse an ID card number where a certificate's number is asked for."""
    if is_id_card_number(value):
        raise ValidationError(_("请填写证书编号，不要填身份证号。证书编号会对外公开。"))


def refuse_control_characters(value: str) -> None:
    """Refuse what would end the line, or what nobody sees, where one line is asked for."""
    if any(unicodedata.category(mark) in CONTROL for mark in value):
        raise ValidationError(_("请写成一行，不要含有换行、制表等控制字符。"))


def is_line(field: forms.Field) -> bool:
    """Tell whether a field takes one line of text that others will read."""
    if not isinstance(field, forms.CharField):
        return False
    return not isinstance(field.widget, forms.Textarea | forms.PasswordInput)


def refuse_unseen(value: str) -> None:
    """Refuse what nobody sees: it makes two names of one, or one text read as another."""
    if marks := unseen_in(value):
        raise ValidationError(
            _("含有看不见的字符（%(marks)s），请删去，或者用键盘重新输入。"),
            params={"marks": "、".join(marks)},
        )


def is_text(field: forms.Field) -> bool:
    """Tell whether a field takes text that others will read, of one line or more."""
    return isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput)


class SingleLines(forms.BaseForm):
    """
    A form whose single-line fields hold a single line, and whose texts hold what can be seen.

    Titles and names go into subjects of mails and into lines of lists. Every form of ours that
    takes text is one.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if is_line(field):
                field.validators.append(refuse_control_characters)
            if is_text(field):
                field.validators.append(refuse_unseen)


class UsccField(forms.CharField):
    """A unified social credit code; blanks, hyphens and full-width marks are put right."""

    def __init__(self, **kwargs: Any) -> None:
        self.organization: Organization | None = None
        options: dict[str, Any] = {
            "label": _("统一社会信用代码"),
            "help_text": _("18 位，见营业执照或者法人证书。"),
            "max_length": 40,
            "widget": forms.TextInput(
                attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
            ),
        }
        super().__init__(**{**options, **kwargs})

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what was typed, for the page; the number of a person is not shown again."""
        return "" if is_id_card_number(str(data or "")) else super().bound_data(data, initial)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        check = check_uscc(text)
        if check.value:
            raise_refusals(may_use_uscc(check, self.organization))
        return check.value


def division_choices() -> list[tuple[str, Any]]:
    """Return the province, then each city with its counties."""
    return known.once("divisions to choose", read=_read_choices)


def _read_choices() -> list[tuple[str, Any]]:
    rows = list(Division.objects.standing().order_by("code"))
    province = [row for row in rows if row.level == Division.Level.PROVINCE]
    choices: list[tuple[str, Any]] = [("", _("请选择"))]
    choices += [
        (row.code, _("%(name)s（省级；省外单位也选这里）") % {"name": row.name}) for row in province
    ]
    for city in (row for row in rows if row.level == Division.Level.CITY):
        below = [(row.code, row.name) for row in rows if row.parent_id == city.code]
        own = (city.code, _("%(name)s本级") % {"name": city.name})
        choices.append((city.name, [own, *below]))
    return choices


class DivisionField(forms.TypedChoiceField):
    """The registered place, grouped by city."""

    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {
            "label": _("登记地"),
            "help_text": _("登记在哪里都在全省通用。"),
            "choices": division_choices,
            "coerce": lambda code: Division.objects.get(code=code),
            "empty_value": None,
        }
        super().__init__(**{**options, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Division) else value


MOST_NAMED = 6


OF_NO_ENTERPRISE = _("只有企业有企业规模；单位性质不是企业的，选“不是企业，或者还没有划定”。")


class IdentityField(forms.CharField):
    """The number of an identity card, which becomes a key; what was sent is not repeated."""

    def __init__(self) -> None:
        super().__init__(
            label=_("居民身份证号"),
            help_text=_("只用来认定是同一个人：平台算出一个标识就丢弃号码，哪里都不保存。"),
            max_length=24,
            widget=forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        )


class SizeField(forms.ChoiceField):
    """Whether an enterprise is a large one, as it declares itself."""

    def __init__(self) -> None:
        super().__init__(
            label=_("企业规模"),
            choices=[("", _("不是企业，或者还没有划定")), *Organization.Size.choices],
            widget=forms.RadioSelect,
            required=False,
            help_text=_(
                "按国务院批准的中小企业划分标准自行申报。付款期限依订立合同时双方的企业规模确定。"
            ),
        )


class OutsidePlaceField(forms.CharField):
    """A place outside the province, by its code or its name; a code that is gone says what came."""

    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {
            "label": _("省外登记地"),
            "help_text": _(
                "省外单位填写，省内单位不填。写营业执照所载市、县（区）的全称，例如“湖南省岳阳市”，"
                "或者六位行政区划代码。"
            ),
            "max_length": 64,
            "required": False,
        }
        super().__init__(**{**options, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return value.full_name if isinstance(value, PlaceCode) else value

    def clean(self, value: Any) -> PlaceCode | None:
        text = super().clean(self.prepare_value(value))
        if not text:
            return None
        found = PlaceCode.objects.written(text)
        standing = [place for place in found if place.valid_until is None]
        if len(standing) == 1:
            return standing[0]
        if standing:
            raise ValidationError(
                _("有几个地方可以这样写：%(places)s。请写全称或者代码。"),
                params={"places": named(standing)},
            )
        if found:
            raise ValidationError(moved_on(found[-1]))
        raise ValidationError(_("没有这个地方，请写省、市、县（区）的全称，或者六位行政区划代码。"))


def named(places: list[PlaceCode]) -> str:
    """Return the places with their codes, the first few of many."""
    names = "、".join(f"{place.full_name}（{place.code}）" for place in places[:MOST_NAMED])
    return names if len(places) <= MOST_NAMED else f"{names}…"


def moved_on(place: PlaceCode) -> str:
    """Return the sentence that tells since when a place is gone, and what it is today."""
    successors = list(PlaceCode.objects.in_use().filter(code__in=place.successors))
    words = {"place": place.full_name, "code": place.code, "year": place.valid_until}
    if not successors:
        return _("%(place)s（%(code)s）已在 %(year)s 年停用。") % words
    now = {"now": named(successors)}
    return _("%(place)s（%(code)s）已在 %(year)s 年停用，现为%(now)s。") % (words | now)


def service_class_choices() -> list[tuple[str, Any]]:
    """Return the service classes by group."""
    return known.once("classes to choose", read=_read_classes)


def _read_classes() -> list[tuple[str, Any]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in ServiceClass.objects.all():
        groups.setdefault(row.group or str(_("其他")), []).append((row.code, row.name))
    return [("", _("请选择")), *groups.items()]


class ServiceClassField(forms.TypedChoiceField):
    """A service class, grouped."""

    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {
            "label": _("服务类别"),
            "choices": service_class_choices,
            "coerce": lambda code: ServiceClass.objects.get(code=code),
        }
        super().__init__(**{**options, **kwargs})


class DayField(forms.DateField):
    """A date, with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, **kwargs})


class DocumentField(forms.FileField):
    """A file of a kind that may be stored; what it is, is read from its content."""

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {
            "label": _("文件"),
            "allow_empty_file": True,  # the guard says what is wrong with it
        }
        super().__init__(**{**options, **kwargs})
        self.limit: int = settings.DOCUMENT_MAX_BYTES

    def limit_to(self, limit: int) -> None:
        """Take files of up to `limit` bytes, and say so."""
        self.limit = limit
        self.help_text = self.help_on(filesizeformat(limit))

    def help_on(self, limit: str) -> str:
        """Return what is said below the control, of a limit in words."""
        return _("%(known)s，最大 %(limit)s。按文件内容判断类型，改扩展名无效。") % {
            "known": KNOWN,
            "limit": limit,
        }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        names = ",".join(extension for kind in KINDS for extension in kind.extensions)
        return {**super().widget_attrs(widget), "accept": names}

    def to_python(self, data: Any) -> Any:
        upload = super().to_python(data)
        if upload is not None:
            found = examined(upload, self.limit)
            raise_refusals(may_store_document(found), about=found.name)
        return upload


class ManyFilesInput(forms.FileInput):
    """A control that takes several files."""

    allow_multiple_selected = True


class DocumentsField(DocumentField):
    """Up to `most` files, each of a kind that may be stored; a refusal says which of them."""

    widget = ManyFilesInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = 1

    def limit_to(self, limit: int, most: int = 1) -> None:
        """Take up to `most` files of up to `limit` bytes, and say so, to the script as well."""
        self.most = most
        super().limit_to(limit)
        together = settings.DOCUMENT_MAX_BYTES
        self.widget.attrs |= {"data-limit": limit, "data-most": most, "data-together": together}

    def help_on(self, limit: str) -> str:
        if self.most == 1:
            return super().help_on(limit)
        return _(
            "%(known)s，每份最大 %(limit)s，最多 %(most)s 份，合计不超过 %(together)s。"
            "按文件内容判断类型，改扩展名无效。"
        ) % {
            "known": KNOWN,
            "limit": limit,
            "most": self.most,
            "together": filesizeformat(settings.DOCUMENT_MAX_BYTES),
        }

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        files = [one for one in given if one]
        if not files:
            return [] if not self.required else [super().clean(None, initial)]
        raise_refusals(may_send_together([one.size for one in files], self.most))
        taken, errors = [], []
        for one in files:
            try:
                taken.append(super().clean(one, initial))
            except ValidationError as error:
                errors += error.error_list
        if errors:
            raise ValidationError(errors)
        return taken


class TakesFiles(forms.BaseForm):
    """A form with files: up to `most`, each of up to `limit` bytes, as `upload_limits` says."""

    def __init__(self, *args: Any, limit: int, most: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DocumentsField):
                field.limit_to(limit, most)
            elif isinstance(field, DocumentField):
                field.limit_to(limit)
