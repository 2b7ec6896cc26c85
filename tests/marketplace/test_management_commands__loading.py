"""What every load command refuses before it writes."""

import pytest
from django.core.management import CommandError, call_command

from marketplace.reference import BadReferenceData
from tests.factories.marketplace import load_laws
from tests.loading import load, rewrite, stored

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("command", ["load_divisions", "load_catalogue", "load_parameters"])
def test_a_fault_in_a_file_is_told_and_nothing_is_written(command, data):
    load("load_divisions")
    load_laws()
    before = stored()
    (data / "divisions.json").write_text("{", encoding="utf-8")
    rewrite(data / "service_items.csv", "S27", "paid_by", "owner")
    rewrite(data / "parameters.csv", "qualification.near_expiry", "value", "soon")

    with pytest.raises(CommandError) as caught:
        load(command, data=data)

    assert isinstance(caught.value.__cause__, BadReferenceData)
    assert stored() == before


def test_k7_01_what_an_office_program_has_saved_is_read_or_told_in_a_sentence(data):
    """K7-01: GBK, UTF-8 with its mark, and what is neither."""
    load("load_divisions")
    path = data / "parameters.csv"
    content = path.read_text(encoding="utf-8")
    said = {}
    for name, saved in {
        "gbk": content.replace("\n", "\r\n").encode("gb18030"),
        "utf-8 with its mark": content.encode("utf-8-sig"),
        "utf-16": content.encode("utf-16"),
        "neither": content.encode() + b"\xff\xff\n",
        "a word for a number": content.replace("[3, 12]", "三到十二").encode("gb18030"),
        "another list": b"a,b\n1,2\n",
        "an open quote": content.encode() + b'"',
    }.items():
        path.write_bytes(saved)
        try:
            [said[name]] = load("load_parameters", data=data, dry_run=False)
        except CommandError as error:
            said[name] = str(error)
    path.unlink()
    with pytest.raises(CommandError) as lost:
        load("load_parameters", data=data)

    lines = content.count("\n")
    assert said == {
        "gbk": f"parameters: {lines - 1} created, 0 updated, 0 unchanged",
        "utf-8 with its mark": f"parameters: 0 created, 0 updated, {lines - 1} unchanged",
        "utf-16": "parameters.csv 第 1 行：是 UTF-16 编码的文本。请另存为“CSV UTF-8（逗号分隔）”。",
        "neither": f"parameters.csv 第 {lines + 1} 行："
        "编码无法识别。请另存为“CSV UTF-8（逗号分隔）”。",
        "a word for a number": said["a word for a number"],
        "another list": "parameters.csv 第 1 行，“key”列：缺少这一列，列名在第一行。",
        "an open quote": said["an open quote"],
    }
    assert "行，“value”列，“三到十二”：不是 JSON。" in said["a word for a number"]
    assert "不是规范的 CSV，常见的是引号没有成对。" in said["an open quote"]
    assert "找不到或者打不开这个文件。" in str(lost.value)


def test_a_moment_of_publication_must_name_its_offset():
    with pytest.raises(CommandError):
        call_command("load_catalogue", "--at", "2026-11-24T12:00:00")
