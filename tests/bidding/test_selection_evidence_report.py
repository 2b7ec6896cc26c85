"""What a person reads about an evidence file, and that it needs neither Django nor a database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bidding.selection.evidence import CHECKS
from bidding.selection.evidence_format import Malformed
from bidding.selection.evidence_report import (
    LABELS,
    main,
    parse,
    report,
)
from marketplace.kernel.canonical import canonical_json
from tests.bidding.vectors import GOOD, VECTORS, changed, forged

ROOT = Path(__file__).resolve().parents[2]
TIE = GOOD[0]
PUBLISHED = {
    "published_digest": TIE["digest"],
    "published_commitment": TIE["commitment"],
}
PASSED = [
    "通过　文件完整，每一项都是规定的写法",
    "通过　由全部内容重算的校验值与文件所载一致",
    "通过　校验值与公告页面公布的一致",
    "通过　由种子和发布时固定的条件重算的承诺值与文件所载一致",
    "通过　承诺值与报名截止前公布的一致",
    "通过　承诺在截止之前公布，报价都在其间提交，选取在截止之后",
    "通过　名单按信用代码排列，没有重复，不参加排序的都写明依据",
    "通过　参加排序的报价都在限价之内",
    "通过　由条件和全部报价重算的抽签背景值一致",
    "通过　由报价和抽签值重算的名次一致",
    "通过　由名次和最少报名数重算的结果一致",
]


def test_every_step_is_named_and_the_result_stated():
    read = report(canonical_json(TIE), **PUBLISHED)

    assert read.holds
    assert list(read.lines) == [
        *PASSED,
        f"结论　验证通过：JX360982-2026-00412 由{_name(TIE['winner'])}（{TIE['winner']}）中选，"
        "金额 ¥158000.00。",
    ]


def _name(uscc):
    return next(one["name"] for one in TIE["entrants"] if one["uscc"] == uscc)


def test_without_published_values_the_reader_is_told_what_is_not_checked():
    lines = report(canonical_json(TIE)).lines

    assert not any("公布的一致" in line for line in lines)
    assert lines[-2].startswith("提示　还没有同公告页面核对。")


def test_one_published_value_alone_still_leaves_the_hint():
    lines = report(canonical_json(TIE), published_digest=TIE["digest"]).lines

    assert PASSED[2] in lines
    assert PASSED[4] not in lines
    assert lines[-2].startswith("提示　")


def test_a_failed_order_is_said_to_have_failed():
    lines = report(canonical_json(GOOD[1]), published_digest=GOOD[1]["digest"]).lines

    assert lines[-1] == "结论　验证通过：JX360982-2026-00412 有效报名不足最少数，流标。"


def test_a_difference_is_shown_under_its_step():
    forgery = changed(TIE, (("amount",), "150000.00"), reseal=True)

    read = report(canonical_json(forgery), published_commitment=TIE["commitment"])

    assert not read.holds
    at = read.lines.index("不符　由名次和最少报名数重算的结果一致")
    assert read.lines[at + 1] == '　　　$.amount 应为 "158000.00"，文件中是 "150000.00"'
    assert read.lines[-1] == ("结论　验证不通过：1 处不符。请保存文件，联系运营机构。")


def test_a_wrong_published_value_is_shown():
    read = report(canonical_json(TIE), published_digest="0" * 64, published_commitment="1" * 64)

    assert not read.holds
    assert "不符　校验值与公告页面公布的一致" in read.lines
    assert "不符　承诺值与报名截止前公布的一致" in read.lines


def test_a_broken_form_stops_all_further_steps():
    forgery = changed(TIE, (("algorithm",), "wszj-draw/2"), reseal=True)

    assert report(canonical_json(forgery), **PUBLISHED).lines == (
        "不符　文件完整，每一项都是规定的写法",
        "　　　$.algorithm",
        "结论　验证不通过：1 处不符。请保存文件，联系运营机构。",
    )


def test_a_broken_list_stops_the_steps_that_rest_on_it():
    vector = next(one for one in VECTORS["forged"] if one["name"] == "an entrant twice")

    lines = report(canonical_json(forged(vector)), **PUBLISHED).lines

    assert not any("重算的名次" in line for line in lines)
    assert not any("通过　由条件和全部报价" in line for line in lines)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b'{"a": 1, "a": 2}',
        b'{"a": 1.0}',
        b'{"a": 1e3}',
        b'{"a": NaN}',
        b"[" * 100_000,
    ],
)
def test_what_two_programs_could_read_differently_is_refused(data):
    with pytest.raises(Malformed):
        parse(data)
    assert not report(data).holds


def test_a_key_given_twice_is_refused_even_where_both_say_the_same():
    text = canonical_json(TIE).decode()
    twice = text.replace('"status":"standing"', '"status":"ended","status":"standing"', 1)

    assert json.loads(twice) == TIE
    assert not report(twice.encode()).holds


def test_every_check_has_its_words():
    assert list(json.loads(LABELS.read_text(encoding="utf-8"))["checks"]) == list(CHECKS)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "evidence.json"
    path.write_bytes(canonical_json(TIE))
    return path


def test_the_command_line_prints_the_report(file, capsys):
    arguments = ["--digest", TIE["digest"], "--commitment", TIE["commitment"]]

    assert main([str(file), *arguments]) == 0
    assert capsys.readouterr().out.splitlines()[:11] == PASSED
    assert main([str(file), "--digest", "0" * 64]) == 1
    assert main([str(file), "--commitment", "0" * 64]) == 1


def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path, capsys):
    missing = tmp_path / "missing.json"

    assert main([str(missing)]) == 1
    assert capsys.readouterr().out == f"不能读取文件 {missing}：No such file or directory\n"


def test_the_module_runs_without_django(file):
    without_django = (
        "import runpy, sys; sys.modules['django'] = None;"
        "sys.argv[0] = 'bidding.selection.evidence';"
        "runpy.run_module('bidding.selection.evidence', run_name='__main__')"
    )

    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", without_django, str(file)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("结论　验证通过：JX360982-2026-00412")
