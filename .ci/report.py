"""
Judge what the suites wrote down: one line per suite, what is wrong, and the sum as the last line.

FOLDER holds NAME.json and NAME.seconds of each suite that ran, perhaps NAME.note with words for its
line, and collected.json of all tests.
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

MINIMUMS = Path(__file__).with_name("minimums")


@dataclass
class Suite:
    name: str
    minimum: int
    outcomes: dict[str, str] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)
    seconds: str = "-"
    status: int = 1
    note: str = ""

    @property
    def counts(self) -> Counter[str]:
        return Counter(self.outcomes.values())

    def complaints(self) -> list[str]:
        """Return one sentence for each way in which this suite is not good."""
        counts = self.counts
        names = [name for name, outcome in self.outcomes.items() if outcome != "passed"]
        found = [f"{self.name}: {self.outcomes[name]}: {name}" for name in names]
        if counts["passed"] < self.minimum:
            found.append(f"{self.name}: {counts['passed']} passed, at least {self.minimum} must")
        if not found and self.status != 0:
            found.append(f"{self.name}: its run ended with exit code {self.status}")
        return found


def read_minimums() -> dict[str, int]:
    lines = MINIMUMS.read_text(encoding="utf-8").splitlines() if MINIMUMS.exists() else []
    pairs = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return {name: int(count) for name, count in pairs}


def write_minimums(suites: list[Suite]) -> None:
    lines = ["# How many tests each suite must pass; `.ci/run --set-minimums` writes this file."]
    lines += [f"{suite.name} {suite.counts['passed']}" for suite in suites if suite.outcomes]
    MINIMUMS.write_text("\n".join([*lines, ""]), encoding="utf-8")


def read_suite(folder: Path, name: str, minimum: int) -> Suite:
    suite = Suite(name, minimum)
    tally, times = folder / f"{name}.json", folder / f"{name}.seconds"
    note = folder / f"{name}.note"
    if tally.exists():
        read = json.loads(tally.read_text(encoding="utf-8"))
        suite.outcomes, suite.sums = read["outcomes"], read["sums"]
    if times.exists():
        seconds, status = times.read_text(encoding="utf-8").split()
        suite.seconds, suite.status = seconds, int(status)
    if note.exists():
        suite.note = note.read_text(encoding="utf-8").strip()
    return suite


def forgotten(folder: Path, suites: list[Suite]) -> list[str]:
    """Return the collected tests that no suite has run."""
    collected = json.loads((folder / "collected.json").read_text(encoding="utf-8"))["collected"]
    ran = {name for suite in suites for name in suite.outcomes}
    return [f"no suite ran {name}" for name in collected if name not in ran]


def table(suites: list[Suite]) -> str:
    width = max(len(name) for name in ["suite", *(suite.name for suite in suites)])
    lines = [f"{'suite':<{width}} | passed | minimum | seconds"]
    for suite in suites:
        numbers = f"{suite.counts['passed']:>6} | {suite.minimum:>7} | {suite.seconds:>7}"
        noted = "".join(f" | {name} {count}" for name, count in suite.sums.items())
        noted += f" | {suite.note}" if suite.note else ""
        lines.append(f"{suite.name:<{width}} | {numbers}{noted}")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set-minimums", action="store_true", help="write these counts")
    parser.add_argument("--some", action="store_true", help="only these suites were asked for")
    parser.add_argument("folder", type=Path)
    parser.add_argument("suites", nargs="*")
    arguments = parser.parse_args()
    minimums = read_minimums()
    names = list(arguments.suites)
    if not arguments.some:
        names += [name for name in minimums if name not in names]
    suites = [read_suite(arguments.folder, name, minimums.get(name, 0)) for name in names]
    complaints = [complaint for suite in suites for complaint in suite.complaints()]
    if not arguments.some:
        complaints += forgotten(arguments.folder, suites)
    if arguments.set_minimums:
        write_minimums(suites)
    print("\n".join(complaints))
    print(table(suites))
    passed = sum(suite.counts["passed"] for suite in suites)
    # Each complaint is a failure, whether a test failed or was not there to fail.
    print(f"{passed} passed, {len(complaints)} failed")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
