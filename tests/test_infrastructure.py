"""The files around the code: pins, scripts, the Makefile, and how CI counts."""

import csv
import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest
from django.urls import reverse

from marketplace.kernel.clock import LONGEST_WAIT

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted([*ROOT.glob("*.lock"), *ROOT.glob("deploy/**/*.lock")])
SCRIPTS = sorted([ROOT / ".ci" / "run", *ROOT.glob(".ci/*.sh"), *ROOT.glob("deploy/**/*.sh")])
MADE = {".git", ".venv", ".cache", "var", "__pycache__", "node_modules"}
# Written in pieces, so that this file does not name what it looks for.
REGISTRIES = "|".join(["pythonhosted", "py" + "pi", "npm" + "js", "maven", "crates", "golang"])
REGISTRY = re.compile(rf"://[a-z0-9.-]*({REGISTRIES})[a-z0-9.-]*\.[a-z]+")
FOLDER = re.compile(r"(?<![\w.])/(wor" + r"k/(main|shared|notes|\.)|roo" + r"t/|far" + r"m/)")


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


report = _load("report")
moved_clock = _load("moved_clock")
statements = _load("statements")


def _texts() -> list[Path]:
    """Return every file of the project that is text."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in MADE]
        found += [Path(folder) / name for name in names if name not in MADE]
    return [path for path in found if b"\0" not in path.read_bytes()[:4096]]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed_and_names_no_address(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())

    assert all(re.match(r"[a-z0-9._\[\],-]+==\S+", entry) for entry in entries)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not any("://" in entry for entry in entries)


def test_the_proxy_keeps_no_log_of_who_bids() -> None:
    config = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    (path, block), (_pages, answered) = re.findall(r"location ~ (\S+) \{(.+?)\}", config, re.DOTALL)
    for one in (block, answered):
        assert "access_log off;" in one
        assert "error_log /dev/null crit;" in one

    for name in ("bid", "bid_withdraw", "bid_decline"):
        assert re.search(path, reverse(f"bidding:{name}", args=["JX360702-2026-00001"]))
    assert not re.search(path, reverse("bidding:tender", args=["JX360702-2026-00001"]))
    [log_format] = re.findall(r"log_format marketplace (.+?);", config, re.DOTALL)
    assert not re.search(r"\$(request|request_uri|args|query_string|http_referer)\b", log_format)
    unit = (ROOT / "deploy" / "systemd" / "marketplace-web.service").read_text(encoding="utf-8")
    assert "--access-log" not in unit


def test_what_the_proxy_answers_by_itself_is_in_chinese() -> None:
    config = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    [block] = re.findall(r"location ~ \^/\(413\|502\).+?\{(.+?)\}", config, re.DOTALL)

    assert dict(re.findall(r"error_page ([\d ]+) /(\S+);", config)) == {
        "413": "413.html",
        "502 504": "502.html",
    }
    [folder] = re.findall(r"root /opt/marketplace/(\S+);", block)
    for name, head in {"413": "提交的内容太大", "502": "平台暂时没有应答"}.items():
        page = (ROOT / folder / f"{name}.html").read_text(encoding="utf-8")
        assert f"<h1>{head}</h1>" in page


def test_no_request_lasts_longer_than_the_grace_before_an_opening() -> None:
    unit = (ROOT / "deploy" / "systemd" / "marketplace-web.service").read_text(encoding="utf-8")
    rules = (ROOT / "marketplace" / "data" / "parameters.csv").read_text(encoding="utf-8")
    grace = re.search(r"^opening\.grace,(\d+),second,", rules, re.MULTILINE)

    limits = dict(re.findall(r"-c (\w+_timeout)=(\d+)s", unit))

    assert limits == {"lock_timeout": "30", "statement_timeout": "45"}
    assert grace is not None
    assert max(map(int, limits.values())) < int(grace[1])


def test_a_request_that_waited_for_a_thread_is_believed_for_the_grace_before_an_opening() -> None:
    rules = (ROOT / "marketplace" / "data" / "parameters.csv").read_text(encoding="utf-8")
    grace = re.search(r"^opening\.grace,(\d+),second,", rules, re.MULTILINE)

    assert grace is not None
    assert timedelta(seconds=int(grace[1])) == LONGEST_WAIT


def test_the_proxy_tells_when_a_request_arrived_in_the_header_that_the_settings_name() -> None:
    config = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    steps = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")

    [header] = re.findall(r"^ +ARRIVAL_HEADER=(\S+)$", steps, re.MULTILINE)

    assert f"proxy_set_header {header} $msec;" in config
    # a location with headers of its own would drop those of the server
    assert "proxy_set_header" not in "".join(
        re.findall(r"location .+?\{(.+?)\}", config, re.DOTALL)
    )


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_what_a_service_writes_is_for_its_own_user_alone(name: str) -> None:
    unit = (ROOT / "deploy" / "systemd" / f"marketplace-{name}.service").read_text(encoding="utf-8")

    assert "\nUMask=0077\n" in unit


def test_the_proxy_tells_the_address_that_the_environment_file_counts_on() -> None:
    config = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    steps = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")

    assert "proxy_set_header X-Forwarded-For $remote_addr;" in config
    assert re.search(r"^ +TRUSTED_PROXY_COUNT=1$", steps, re.MULTILINE)


def test_no_file_names_a_package_registry_or_a_folder_of_one_machine() -> None:
    named = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in _texts()
        for pattern in (REGISTRY, FOLDER)
        if (found := pattern.search(path.read_text(encoding="utf-8", errors="replace")))
    ]

    assert named == []


def test_the_page_on_data_counts_the_values_of_the_rulebook() -> None:
    text = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    path = ROOT / "marketplace" / "data" / "parameters.csv"
    with path.open(encoding="utf-8", newline="") as file:
        keys = [row["key"] for row in csv.DictReader(file)]

    assert f"{len(set(keys))} rule values, {len(keys)} rows" in text


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_is_executable_and_stops_at_its_first_error(script: Path) -> None:
    subprocess.run(["bash", "-n", script], check=True)

    if script.name != "lib.sh":
        assert os.access(script, os.X_OK)
        assert "set -euo pipefail" in script.read_text(encoding="utf-8")


def test_make_lists_every_target_that_a_person_calls() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None

    listed = subprocess.run(["make", "-C", ROOT], capture_output=True, text=True, check=True).stdout

    assert set(re.findall(r"^  make (\S+)", listed, re.MULTILINE)) == (
        set(phony.group(1).split()) - {"python", "tools"}
    )


def test_running_on_a_port_in_use_names_another_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        run = subprocess.run(
            [sys.executable, ROOT / "deploy" / "run.py"],
            env={**os.environ, "PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert run.returncode == 1
    assert f"127.0.0.1:{port}" in run.stderr
    assert f"PORT={port + 1} make run" in run.stderr


@pytest.mark.parametrize("port", ["abc", "-1", "65536", "99999999", "８０００", "80 80"])
def test_a_port_that_is_none_is_said_to_be_none(port: str) -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "deploy" / "run.py"],
        env={**os.environ, "PORT": port},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == (f"PORT must be a number from 0 (any free port) to 65535, not {port!r}.\n")


@pytest.mark.parametrize(
    ("host", "others"),
    [
        ("127.0.0.1", False),
        ("192.168.7.9", False),
        ("0.0.0.0", True),  # noqa: S104 - what is tested
        ("::", True),
    ],
)
def test_only_who_listens_everywhere_answers_to_every_name(host: str, others: bool) -> None:
    script = (
        "import sys; sys.path.insert(0, 'deploy'); import run; "
        "print(*run.allowed_hosts(sys.argv[1]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, host], cwd=ROOT, capture_output=True, text=True, check=True
    )

    names = run.stdout.split()
    assert ("*" in names) is others
    assert others or {"127.0.0.1", "localhost", host} <= set(names)


@pytest.mark.parametrize(
    ("now", "start", "words"),
    [
        ("2026-11-29 09:30", "2027-02-28 09:30", "the end of February"),
        ("2026-11-30 09:30", "2026-12-01 09:30", "a day ahead"),
        ("2026-12-01 09:30", "2026-12-31 09:30", "a month ahead"),
        ("2026-12-02 09:30", "2027-12-02 09:30", "a year ahead"),
        ("2026-12-03 09:30", "2026-12-05 09:30", "a Saturday"),
        ("2026-12-04 09:30", "2026-12-05 23:58", "two minutes to midnight"),
        # on such a day itself the next one is meant
        ("2027-12-04 09:30", "2027-12-11 09:30", "a Saturday"),
        ("2028-02-28 09:30", "2028-02-29 09:30", "the end of February"),
        ("2029-02-28 09:30", "2030-02-28 09:30", "the end of February"),
    ],
)
def test_each_day_the_clock_of_a_run_is_moved_to_another_kind_of_moment(
    now: str, start: str, words: str
) -> None:
    china = moved_clock.CHINA
    begin, end = (datetime.fromisoformat(text).replace(tzinfo=china) for text in (now, start))

    assert moved_clock.moved(begin) == (end, words)


def test_every_minimum_belongs_to_a_suite_that_ci_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    suites = re.search(r'^DEFAULT="(.*)"$', script, re.MULTILINE)
    assert suites is not None

    assert set(report.read_minimums()) == set(suites.group(1).split())


@pytest.mark.parametrize(
    ("outcomes", "status", "complaints"),
    [
        ({"a": "passed", "b": "passed"}, 0, []),
        ({"a": "passed"}, 0, ["some: 1 passed, at least 2 must"]),
        ({"a": "passed", "b": "passed", "c": "skipped"}, 0, ["some: skipped: c"]),
        ({"a": "passed", "b": "passed", "c": "failed"}, 1, ["some: failed: c"]),
        ({"a": "passed", "b": "passed"}, 2, ["some: its run ended with exit code 2"]),
        ({}, 1, ["some: 0 passed, at least 2 must"]),
    ],
)
def test_a_suite_is_good_only_when_all_its_tests_ran_and_passed(
    outcomes: dict[str, str], status: int, complaints: list[str]
) -> None:
    suite = report.Suite("some", minimum=2, outcomes=outcomes, status=status)

    assert suite.complaints() == complaints


def test_a_statement_is_known_again_whatever_its_values() -> None:
    select = "SELECT 1 FROM a WHERE b IN (%s, %s) AND c = %s"

    def form(sql: str, *, locks: bool = False, error: str = "") -> str:
        return str(statements.form_of(sql, locks=locks, error=error))

    assert form(select) == form(select.replace("%s, %s", "%s, %s, %s"))
    assert form("INSERT INTO a VALUES (%s, %s)") == form("INSERT INTO a VALUES (%s), (%s)")
    row = "INSERT INTO a VALUES (%s, NOW('%%Y'), %s)"
    assert form(row) == form(row + ", (%s, NOW('%%Y'), %s)" * 2)
    branch = "WHEN (a = %s) THEN"
    few, many = f"CASE {branch} %s END", f"CASE {branch} %s {branch} NULL {branch} %s END"
    assert form(few) == form(many)
    assert form("UPDATE a SET b = NULL, c = %s") == form("UPDATE a SET b = %s, c = NULL")
    assert form("WHERE (a = %s) OR (b = %s)") != form("WHERE (a = %s)")
    assert form('SAVEPOINT "s1_x1"') == form('SAVEPOINT "s22_x333"')
    others = [select, select.replace("b IN", "d IN"), select.replace("c =", "c <")]
    forms = {*map(form, others), form(select, locks=True), form(select, error="UNIQUE a.b")}
    assert len(forms) == 5


@pytest.mark.parametrize(
    ("folder", "is_its_own"), [("tests/journeys", True), ("tests/bidding", False)]
)
def test_what_a_journey_asks_for_itself_is_told_from_what_the_program_asks(
    folder: str, is_its_own: bool
) -> None:
    names: dict[str, object] = {"ask": statements.is_asked_by_a_journey}

    exec(compile("found = ask()", f"{ROOT / folder}/test_some.py", "exec"), names)  # noqa: S102 - what is tested

    assert names["found"] is is_its_own


@pytest.mark.parametrize(
    ("noted", "chosen"),
    [
        ({"pure": []}, set()),
        ({"broad": ["a", "b", "c"], "narrow": ["a", "b"]}, {"broad"}),
        ({"one": ["a"], "same": ["a"]}, {"one"}),
        ({"broad": ["a", "b", "c"], "narrow": ["b", "d"]}, {"broad", "narrow"}),
        ({"broad": ["a", "b"], "commits": ["a", "c"]}, {"broad", "commits"}),
        ({"narrow": ["a"], "commits": ["a", "c"]}, {"commits"}),
        ({"wide": ["a", "b", "c"], "1": ["a", "b"], "2": ["b", "c"], "3": ["c"]}, {"1", "3"}),
    ],
)
def test_the_second_database_sees_every_statement_what_commits_and_what_is_new(
    noted: dict[str, list[str]], chosen: set[str]
) -> None:
    tests = {test: test == "commits" for test in noted} | {"new": False}

    assert statements.chosen(noted, tests) == chosen | {"new"}


def test_a_test_that_no_suite_ran_is_found(tmp_path: Path) -> None:
    collected = {"collected": {"t.py::ran": [], "t.py::left_out": ["odd"]}}
    (tmp_path / "collected.json").write_text(json.dumps(collected), encoding="utf-8")
    suite = report.Suite("some", minimum=0, outcomes={"t.py::ran": "passed"}, status=0)

    assert report.forgotten(tmp_path, [suite]) == ["no suite ran t.py::left_out"]


def test_the_tally_tells_every_way_a_test_can_end(tmp_path: Path) -> None:
    (tmp_path / "test_ends.py").write_text(
        "import pytest\n"
        "@pytest.fixture\n"
        "def broken_end():\n"
        "    yield\n"
        "    raise OSError\n"
        "def test_passes(): pass\n"
        "def test_fails(): assert False\n"
        "def test_fails_at_its_end(broken_end): pass\n"
        "@pytest.mark.skip\n"
        "def test_is_skipped(): pass\n"
        "@pytest.mark.xfail\n"
        "def test_is_expected_to_fail(): assert False\n",
        encoding="utf-8",
    )
    plugins = ["-p", "tally", "-p", "no:django", "-p", "no:cacheprovider"]
    options = ["--tally", "out.json", "-q", "-n", "2", "-c", os.devnull, "--rootdir", "."]

    subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, *options],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / ".ci")},
        capture_output=True,
        check=False,
    )

    outcomes = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["outcomes"]
    assert outcomes == {
        "test_ends.py::test_passes": "passed",
        "test_ends.py::test_fails": "failed",
        "test_ends.py::test_fails_at_its_end": "failed",
        "test_ends.py::test_is_skipped": "skipped",
        "test_ends.py::test_is_expected_to_fail": "skipped",
    }
