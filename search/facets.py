"""By what hits are counted and narrowed: the names of the facets, in the order of a page. Pure."""

KIND = "kind"
REGION = "region"
CLASS = "class"
STATUS = "status"
METHOD = "method"
FUND = "fund"
AMOUNT = "amount"
DATE = "date"
GRADE = "grade"

NAMES = (KIND, REGION, CLASS, STATUS, METHOD, FUND, AMOUNT, DATE, GRADE)
"""
The values: a kind of document; a division's six digits, of each level that a thing lies in; a
service class's code; a stage of `bidding.stages` or a state of the kind's own; a method; a fund;
the lower end of a step of `AMOUNTS` in yuan; a year and a month of it, as in 2026 and 2026-07; the
letter of a grade.
"""
READER, STAFF = "reader", "staff"
"""For whom a page is written, which is not counted: those who work here."""
AMOUNTS = (0, 10_000, 50_000, 100_000, 500_000, 1_000_000)


def step_of(amount: int) -> str:
    """Return the lower end of the step in which `amount` yuan lies."""
    return str(max(step for step in AMOUNTS if step <= amount))
