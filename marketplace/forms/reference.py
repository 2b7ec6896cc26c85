"""What is wrong with a data file, in words for whoever has to mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.verdicts import Text
from marketplace.reference import BadReferenceData

PROBLEMS: dict[str, Text] = {
    "article_not_named": _("没有写明条款"),
    "as_the_week": _("与星期相同，不用写：周一至周五只写放假的，周六、周日只写上班的"),
    "contradiction": _("与同一行的其他列矛盾"),
    "draft_without_reason": _("没有依据的事项须在这一列写明缺什么"),
    "another_province": _("不是本平台所在省的行政区划"),
    "already_begun": _("已经有方案施行，新的版本只能从以后的日期起"),
    "another_name": _("这个代码已经用于另一种行为，不能改名"),
    "duplicate": _("重复，前面已有一行"),
    "empty": _("不能为空"),
    "malformed": _("格式不对"),
    "missing_column": _("缺少这一列，列名在第一行"),
    "missing_member": _("缺少这一项，或者不是应有的类型"),
    "needs_years": _("只有按自然年度计分的方案才能看往年的等级"),
    "not_as_published": _("这个版本已经载入，内容不能再改，请用新的版本号"),
    "not_a_date": _("不是 YYYY-MM-DD 形式的日期"),
    "not_a_number": _("不是 1 以上的整数"),
    "not_a_requirement": _("不是承接条件的写法"),
    "not_a_source": _("不是依据的写法，例如“国发〔2022〕5号”“《名称》第三条”"),
    "not_a_whole_year": _("这个年度没有写国庆节放假，不是全年的安排；一个年度要写全"),
    "not_a_text": _("前后有空格，或者不是文字"),
    "not_an_object": _("应是一个 JSON 对象"),
    "not_as_mapped": _("与 departments.csv 的对照不一致"),
    "not_csv": _("不是规范的 CSV，常见的是引号没有成对"),
    "not_in_halves": _("分值须是 0.5 的倍数"),
    "not_in_order": _("等级须从优到劣依次排列，其中一级从 0 分起"),
    "not_json": _("不是 JSON"),
    "not_of_status": _("与这一行的状态不符"),
    "not_toml": _("不是 TOML"),
    "not_there": _("找不到或者打不开这个文件"),
    "reference_or_law": _("其他地方的规定只能写作参考"),
    "province_only": _("信用评价方案全省统一：同一行为不因地而异，市县不能另定"),
    "refused": _("列在 refused_items.csv，不得作为事项"),
    "kind_left_out": _("平台自动记录的行为须列入方案"),
    "surrounding_space": _("前后有空格，请去掉"),
    "unexpected_columns": _("列名或者列的顺序与规定不同"),
    "unknown": _("不在允许的范围之内"),
    "unknown_article": _("法规库没有这一条"),
    "unknown_item": _("没有这个事项，或者它没有归入服务类别"),
    "unknown_encoding": _("编码无法识别。请另存为“CSV UTF-8（逗号分隔）”"),
    "unknown_parent": _("文件里没有它的上级"),
    "unknown_source": _("法规库里没有这份文件，请先加入 laws.csv"),
    "ends_before_it_begins": _("停用年份早于启用年份"),
    "two_at_once": _("同一代码不能同时指两个地方"),
    "one_of_two": _("写统一社会信用代码或者身份证件号码，二者写一个"),
    "not_an_identity": _("不是居民身份证号码"),
    "not_a_code": _("不是统一社会信用代码"),
    "not_a_share": _("须是 0 以上、100 以下的比例，小数最多三位"),
    "unknown_division": _("没有这个行政区划"),
    "too_long": _("太长，超过这一列能写的字数"),
    "too_large": _("展开以后太大，请分成几份"),
    "not_a_sheet": _("不是可以打开的 Excel 工作簿"),
    "unmapped": _("departments.csv 里没有这个部门"),
    "utf_16": _("是 UTF-16 编码的文本。请另存为“CSV UTF-8（逗号分隔）”"),
    "wrong_sign": _("分值的方向不对：失信行为不能使评价变好，守信行为不能使评价变差"),
    "wrong_number_of_cells": _("列数与第一行不同"),
}


def sentence_of(error: BadReferenceData) -> str:
    """Return the file, the line, the column and the reason as one sentence."""
    said = {
        "file": error.file,
        "line": error.line,
        "column": error.column,
        "value": error.value,
        "problem": PROBLEMS.get(error.problem, error.problem),
    }
    parts = [_("%(file)s 第 %(line)s 行") if error.line else _("%(file)s")]
    if error.column:
        parts.append(_("“%(column)s”列"))
    if error.value:
        parts.append(_("“%(value)s”"))
    place = _("，").join(str(part) % said for part in parts).strip()
    return str(_("%(place)s：%(problem)s。")) % {**said, "place": place}
