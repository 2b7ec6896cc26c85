"""A refusal on a form: its source is a reference beside the field, and plain words in a link."""

import pytest
from django import forms
from django.template import Context, Template

from marketplace.kernel.laws import parse
from marketplace.kernel.verdicts import Verdict
from marketplace.web.refusals import RefusalError
from tests.factories.marketplace import load_laws

ARTICLE = "《优化营商环境条例》第四十三条"
LINK = (
    '<a href="/laws/business-environment/#a43"'
    f' data-article="law-business-environment-a43">{ARTICLE}</a>'
)
PAGE = Template("{% load ui %}{% error_summary form %}|{% fields form %}")


class Asked(forms.Form):
    name = forms.CharField(label="名称", required=False)


@pytest.mark.parametrize("field", ["name", None])
def test_a_refusal_on_a_form_names_its_source_by_a_link(db, field):
    load_laws()
    form = Asked({"name": ""})
    form.add_error(field, RefusalError(Verdict("asked", False, "不能付款", parse(ARTICLE))))

    summary, fields = PAGE.render(Context({"form": form})).split("|")

    drawn = f"不能付款。依据：{LINK}。"
    assert (drawn in summary, drawn in fields) == (field is None, field is not None)
    assert f"不能付款。依据：{ARTICLE}。</a>" in summary or field is None


def test_other_errors_are_escaped():
    form = Asked({"name": ""})
    form.add_error("name", "不能含有 <b>")

    assert "不能含有 &lt;b&gt;" in PAGE.render(Context({"form": form})).split("|")[1]
