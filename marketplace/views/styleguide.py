"""The living component page, for people who build pages; only where DEBUG or DEMO is on."""

import tomllib
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.forms.fields import DocumentsField, TakesFiles
from marketplace.guards.documents import UploadLimits, upload_limits_in
from marketplace.kernel import clock
from marketplace.kernel.laws import PLATFORM_DEFAULT
from marketplace.kernel.verdicts import Verdict
from marketplace.models import Division
from marketplace.templatetags.ui import status_words
from marketplace.web.components import DocumentCard, Fact, Order, Sorting, Step, sorting_of
from marketplace.web.workbench import NavItem, Todo

OWN = "/styleguide/workbench/"
SAMPLES = Path(__file__).parents[1] / "data" / "styleguide.toml"
ICONS = Path(__file__).parents[1] / "static" / "marketplace" / "icons.svg"
FRAMES = ("page", "workbench")


class SampleForm(TakesFiles, forms.Form):
    """One field of each kind; the template gives the labels."""

    title = forms.CharField(max_length=80)
    amount = forms.CharField()
    place = forms.ChoiceField()
    method = forms.ChoiceField(widget=forms.RadioSelect)
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    paper = DocumentsField(required=False)
    agreed = forms.BooleanField()


@require_safe
def styleguide(request: HttpRequest, frame: str = "page") -> HttpResponse:
    """Show every component with sample data, in the frame of a page or of a workbench."""
    if not (settings.DEBUG or settings.DEMO) or frame not in FRAMES:
        raise Http404
    context = _samples(clock.now())
    return render(request, f"marketplace/styleguide_{frame}.html", context)


def _samples(now: datetime) -> dict[str, Any]:
    data = tomllib.loads(SAMPLES.read_text(encoding="utf-8"))
    for group in ("timeline", "log", "rows", "todos"):
        for row in data[group]:
            if "hours" in row:
                row["at"] = now + timedelta(hours=row.pop("hours"))
    failing = Verdict(
        guard="qualification_is_valid",
        holds=False,
        text=data["verdicts"]["fails"],
        source=PLATFORM_DEFAULT,
        rule="qualification.expiry",
    )
    holding = [
        Verdict(guard=name, holds=True, text="", source=PLATFORM_DEFAULT)
        for name in data["verdicts"]["holds"]
    ]
    limits = upload_limits_in(Division.objects.get(level=Division.Level.PROVINCE), now)
    return {
        "now": now,
        "here": "/styleguide/",
        "timeline": [Step(**row) for row in data["timeline"]],
        "log": [Step(**row) for row in data["log"]],
        "facts": [Fact(**row) for row in data["facts"]],
        "documents": [
            DocumentCard(row["name"], "/styleguide/", "PDF", row["size"], now, row.get("note", ""))
            for row in data["documents"]
        ],
        "rows": data["rows"],
        "sorting": _sorting(data["orders"]),
        "todos": [_todo(row) for row in data["todos"]],
        "workbench_nav": [
            NavItem(OWN if n == 0 else "/styleguide/", label, icon, n, count, is_here=n == 0)
            for n, (label, (icon, count)) in enumerate(data["nav"].items())
        ],
        "words": list(status_words()),
        "icons": _icon_names(),
        "refused": [failing, *holding],
        "allowed": holding,
        "digest": sha256(b"styleguide").hexdigest(),
        "points": [7, 5, 9, 12, 8, 6, 11, 14, 9, 13],
        "figure": Decimal(6124000),
        "page_obj": Paginator(range(173), 10).page(4),
        "form": _form(None, data["choices"], limits),
        "wrong_form": _form({"title": "", "amount": "348000"}, data["choices"], limits),
    }


def _sorting(labels: dict[str, str]) -> Sorting:
    orders = [Order(name, label, ()) for name, label in labels.items()]
    return sorting_of(orders, QueryDict(), is_in_form=False)


def _todo(row: dict[str, Any]) -> Todo:
    return Todo(
        title=row["title"],
        subject=row["subject"],
        url="/styleguide/",
        action=row["action"],
        due_at=row["at"],
        source=row["source"],
    )


def _icon_names() -> list[str]:
    """Return the names of the icons in the sprite, without the status glyphs."""
    symbols = ICONS.read_text(encoding="utf-8").split('<symbol id="')[1:]
    names = [symbol.split('"')[0] for symbol in symbols]
    return [name for name in names if not name.startswith("t-")]


def _form(data: dict[str, str] | None, choices: dict[str, str], limits: UploadLimits) -> SampleForm:
    prefix = "sample" if data is None else "wrong"
    sent = None if data is None else {f"{prefix}-{name}": value for name, value in data.items()}
    initial = {"method": "sealed_lowest"}
    form = SampleForm(sent, prefix=prefix, initial=initial, **limits)
    for name in ("place", "method"):
        field = cast("forms.ChoiceField", form.fields[name])
        field.choices = list(choices.items())
    return form
