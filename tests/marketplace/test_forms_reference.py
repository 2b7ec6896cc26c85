"""Each fault that a data file can have is told in words."""

import re
from pathlib import Path

from marketplace import reference
from marketplace.forms.reference import PROBLEMS, sentence_of
from marketplace.kernel import laws
from marketplace.reference import BadReferenceData

FAILS = re.compile(
    r"""(?:\.fail\([^()]*|BadReferenceData\((?:[^()]|\([^()]*\))*?)"([a-z0-9_]+)"(?:, [^"]*)?\)"""
    r"""|return "([a-z]+_[a-z_]+)"$""",
    re.MULTILINE,
)


def test_every_code_of_a_fault_has_its_words() -> None:
    sources = [*Path(reference.__file__).parent.glob("*.py"), Path(laws.__file__)]
    found = {
        code
        for path in sources
        for pair in FAILS.findall(path.read_text(encoding="utf-8"))
        for code in pair
        if code
    }

    assert {"missing_column", "not_json", "utf_16", "unknown_parent", "unknown_source"} <= found
    assert found - {"legal_basis"} <= PROBLEMS.keys()  # a column, beside a code that is asked for


def test_a_fault_is_told_with_file_line_column_and_reason() -> None:
    of_cell = BadReferenceData("parameters.csv", 12, "value", "not_json", "十天")
    of_file = BadReferenceData("laws.csv", 0, "", "not_there", "No such file or directory")

    assert sentence_of(of_cell) == "parameters.csv 第 12 行，“value”列，“十天”：不是 JSON。"
    assert sentence_of(of_file) == (
        "laws.csv，“No such file or directory”：找不到或者打不开这个文件。"
    )
