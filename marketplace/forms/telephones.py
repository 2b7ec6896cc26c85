"""Telephone numbers, read as people write them and kept in one form."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

EXTENSION, COMMA = _("转"), _("、")
SEPARATORS = re.compile(rf"[{COMMA},;/]")
BLANKS = re.compile(r"\s")
AREA = r"0[0-9]{2,3}"
PREFIX = r"(?:\+?86-?)?"
FORMS = (
    rf"{PREFIX}(?:\((?P<bracketed>{AREA})\)|(?P<area>{AREA})-?)?(?P<line>[1-9][0-9]{{6,7}})",
    rf"{PREFIX}(?P<mobile>1[3-9][0-9]{{9}})",
    r"(?P<service>[48]00-?[0-9]{3,4}-?[0-9]{3,4}|1[0-9]{2,4}|9[0-9]{4,5})",
    r"(?P<abroad>\+[0-9]{2,3}-?[0-9-]{6,14})",
)
NUMBER = re.compile(
    rf"(?:{'|'.join(FORMS)})(?:(?:{EXTENSION}|-|ext\.?|x)(?P<extension>[0-9]{{1,6}}))?",
    re.IGNORECASE,
)
LONGEST = 60


def read_telephones(text: str) -> str:
    """
    Return one or several numbers in one form, kept apart by a comma: 0797-8123456转8012、12345.

    Full-width marks, brackets, blanks and the prefix of the country are put right.

    Raises:
        ValidationError: a part of it is no telephone number.
    """
    plain = BLANKS.sub("", unicodedata.normalize("NFKC", text))
    return str(COMMA).join(_number(part) for part in SEPARATORS.split(plain) if part)


def _number(text: str) -> str:
    match = NUMBER.fullmatch(text.replace("--", "-"))
    if match is None:
        raise ValidationError(
            _(
                "“%(text)s”不像电话号码。可以写 0797-8123456、0797-8123456转8012、手机号码或者"
                " 12345 这样的短号；几个号码用顿号分开。"
            )
            % {"text": text}
        )
    area = match["bracketed"] or match["area"]
    line = match["line"] or match["mobile"] or match["service"] or match["abroad"]
    extension = f"{EXTENSION}{match['extension']}" if match["extension"] else ""
    return f"{area}-{line}{extension}" if area else f"{line}{extension}"


class TelephoneField(forms.CharField):
    """Where somebody can be called; its value is in one form."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
        options = {"label": _("联系电话"), "max_length": LONGEST, "widget": widget}
        super().__init__(**{**options, **kwargs})

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return read_telephones(text) if text else ""
