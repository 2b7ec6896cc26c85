"""Fields, their errors, and the summary above the form."""

from django import forms

from marketplace.kernel.verdicts import Verdict
from marketplace.templatetags.ui_forms import field
from tests.markup import draw


class OrderForm(forms.Form):
    title = forms.CharField(label="项目名称", help_text="与批复一致")
    amount = forms.DecimalField(label="最高限价", max_value=300000)
    method = forms.ChoiceField(
        label="选取方式", choices=[("a", "密封报价"), ("b", "直接选取")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="说明", required=False)
    agreed = forms.BooleanField(label="已核对")
    step = forms.CharField(widget=forms.HiddenInput, required=False)


class FileForm(forms.Form):
    paper = forms.FileField(label="合同文本", widget=forms.FileInput)


def test_field_puts_label_hint_error_and_control_in_this_order() -> None:
    form = OrderForm({"amount": "348000"})

    drawn = draw("{% field form.title %}", form=form)

    parts = ["<label", 'id="id_title_helptext"', 'id="id_title_error"', "<input"]
    assert sorted(parts, key=drawn.index) == parts
    assert 'aria-describedby="id_title_helptext id_title_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'class="form-control"' in drawn


def test_field_marks_what_may_be_left_out() -> None:
    assert "（选填）" in draw("{% field form.note %}", form=OrderForm())
    assert "（选填）" not in draw("{% field form.title %}", form=OrderForm())


def test_field_of_money_shows_the_currency() -> None:
    drawn = draw("{% field form.amount money=True %}", form=OrderForm())

    assert '<div class="z-money"><span aria-hidden="true">¥</span><input' in drawn


def test_field_with_choices_is_a_named_group() -> None:
    drawn = draw("{% field form.method %}", form=OrderForm({}))

    assert drawn.count('type="radio"') == 2
    assert drawn.count('class="form-check-input"') == 2
    assert "<legend>选取方式</legend>" in drawn
    assert 'aria-describedby="id_method_error"' in drawn


def test_a_file_is_chosen_by_a_button_that_speaks_chinese_and_is_a_second_label() -> None:
    drawn = draw("{% field form.paper %}", form=FileForm())

    assert drawn.count('<label class="btn btn-secondary" for="id_paper">选择文件</label>') == 1
    assert drawn.count('<label class="form-label" for="id_paper">') == 1
    assert '<output for="id_paper" data-none="还没有选择文件" hidden></output>' in drawn
    control = drawn.split("<input", 1)[1].split(">", 1)[0]
    assert ('type="file"' in control, "hidden" in control, "tabindex" in control) == (
        True,
        False,
        False,
    )
    assert "选择文件" not in draw("{% fields form %}", form=OrderForm())


def test_fields_draws_hidden_ones_too() -> None:
    drawn = draw("{% fields form %}", form=OrderForm())

    assert 'type="hidden" name="step"' in drawn
    assert [drawn.count(f'name="{name}"') for name in ("title", "amount", "method")] == [1, 1, 2]


def test_error_summary_leads_to_every_field_and_names_what_is_missing() -> None:
    form = OrderForm({"amount": "348000"})
    form.add_error(None, "公告已由他人修改。")

    drawn = draw("{% error_summary form %}", form=form)

    assert "有 5 处需要更正" in drawn
    assert 'role="alert"' in drawn
    assert "公告已由他人修改。" in drawn
    assert '<a href="#id_title">请填写“项目名称”。</a>' in drawn
    assert '<a href="#id_method">请选择“选取方式”。</a>' in drawn
    assert '<a href="#id_agreed">请勾选“已核对”。</a>' in drawn


def test_error_summary_is_silent_without_errors() -> None:
    assert draw("{% error_summary form %}", form=OrderForm()).strip() == ""


def test_name_fields_gives_a_form_of_others_our_labels() -> None:
    drawn = draw(
        '{% name_fields form title="名称" other="无" %}{% field form.title %}', form=OrderForm()
    )

    assert ">名称</label>" in drawn


def test_an_option_that_is_refused_stays_in_reach_with_its_reason() -> None:
    form = OrderForm()
    form.fields["method"].option_verdicts = {"b": Verdict("is_enabled", False, "已停用", "")}

    drawn = draw("{% field form.method %}", form=form)

    assert drawn.count('aria-disabled="true"') == 1
    assert 'aria-describedby="id_method_1_why"' in drawn
    assert 'id="id_method_1_why"' in drawn
    assert "已停用。" in drawn


def test_a_form_sends_along_what_its_page_was_made_of_if_anything() -> None:
    assert draw("{% seen %}", seen="a<b") == '<input type="hidden" name="seen" value="a&lt;b">'
    assert draw("{% seen %}", seen="") == draw("{% seen %}") == ""


def test_a_hidden_field_has_no_label():
    class Asking(forms.Form):
        confirmed = forms.Field(widget=forms.HiddenInput, required=False, label="确认")

    assert field(Asking()["confirmed"]) == (
        '<input type="hidden" name="confirmed" id="id_confirmed">'
    )
