"""
Every number that a notice states is the one at which the program begins to decide otherwise.

All methods are walked under the shipped values and under others: each sentence of a rule that has a
number is met by a probe, which takes the number out of the text and tries the code on both sides
of it. A sentence whose number nothing tries makes the walk fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial

import pytest

from bidding import periods
from bidding.guards.explanations import abnormally_low
from bidding.guards.plans import plan_is_within_limit
from bidding.guards.questions import answers_are_taken, questions_are_taken
from bidding.guards.times import sign_up_period_is_long_enough
from bidding.models import Tender
from bidding.outcomes import needed_next
from bidding.rulebook import rules_for
from bidding.rules.methods import DIRECT_ACCEPT
from bidding.sealing.contents import Plan
from bidding.selection.auction import Why, fault, opened, quoted
from bidding.selection.deductions import compared_at
from bidding.selection.discounts import discounted
from bidding.selection.methods import METHODS, method_of, rule_sentences
from bidding.selection.methods.base import Method
from bidding.selection.scoring import Bidder, scores
from credit.preference import weights_of
from credit.rules import PREFERENCE
from credit.standing import public_standings
from marketplace.kernel.calendar import CHINA, Deadline
from marketplace.kernel.declarations import Rules
from marketplace.kernel.durations import Duration
from marketplace.kernel.models import CalendarDay, Parameter
from marketplace.kernel.verdicts import all_hold
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder, load_reference
from tests.factories.marketplace import ServiceItemFactory, load_rules

pytestmark = pytest.mark.django_db

SEED, CONTEXT = bytes(range(32)), bytes(32)
CENT, TICK, ONE_DAY = Decimal("0.01"), timedelta(microseconds=1), timedelta(days=1)
CEILING, FLOOR = Decimal(100_000), Decimal(72_000)
WEIGHTS = {"price_weight": "35", "record_weight": "15", "criteria": "技术路线 30\n人员配备 20"}
SHIPPED: Mapping[str, object] = {}
OTHERWISE: Mapping[str, object] = {
    "order__signup_min": 5,
    "question__until": 48,
    "question__answer_until": 30,
    "opening__grace": 90,
    "bid__low_below_mean": 35,
    "bid__low_below_next": 25,
    "bid__cost_explain": 3,
    "bid__cost_judge": 4,
    "result__publicity": 6,
    "order__outcome__too_few__fiscal": "lower_minimum",
    "order__min_signups__lowest__fiscal": 5,
    "order__small_deduction__fiscal": 15,
    "best_price__rate": [90, 97],
    "best_price__trim_from": 7,
    "auction__step": 3,
    "auction__rate_step": 10,
    "auction__countdown": 3,
    "auction__longest": 90,
    "shortlist__long_most": 6,
    "shortlist__short_most": 2,
    "plan__size": 7,
    "selection__score": 4,
    "selection__choose": 6,
    "experts__seats": 7,
    "experts__answer": 2,
    "experts__score": 5,
    "direct__accept": 4,
    "credit__preference__A": 9,
}


@dataclass(frozen=True)
class Walk:
    """An order, and the rules of its notice."""

    tender: Tender
    rules: Rules

    @property
    def method(self) -> Method:
        return method_of(self.tender)

    @property
    def terms(self):
        return self.method.own_terms(self.tender, self.rules)


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


# --- Probes: what the code does on both sides of a number -----------------------------------------
def nth_weekday(days: int) -> datetime:
    """Return the midnight after so many days of work: the year of these tests has no holidays."""
    day = NOON.astimezone(CHINA).date()
    while days:
        day += ONE_DAY
        days -= day.weekday() < 5
    return datetime(day.year, day.month, day.day, tzinfo=CHINA) + ONE_DAY


def working_days(due: Callable[..., Deadline], walk: Walk, days: str) -> bool:
    calendar = CalendarDay.objects.work_calendar()
    return due(NOON, walk.rules, calendar).ends_at == nth_weekday(int(days))


def sign_up(walk: Walk, days: str) -> bool:
    def is_long_enough(count: int) -> bool:
        walk.tender.signup_days = count
        return sign_up_period_is_long_enough(walk.tender, walk.rules, NOON).holds

    return is_long_enough(int(days)) and not is_long_enough(int(days) - 1)


def until(taken: Callable[..., object], walk: Walk, hours: str) -> bool:
    walk.tender.tender_period_end = NOON + 5 * ONE_DAY
    last = walk.tender.tender_period_end - timedelta(hours=int(hours))
    before, after = (taken(walk.tender, walk.rules, at) for at in (last - TICK, last))
    return before.holds and not after.holds


def grace(walk: Walk, seconds: str) -> bool:
    walk.tender.selection_at = None
    opens = walk.method.opening_at(walk.tender, NOON, walk.rules)
    return opens == NOON + timedelta(seconds=int(seconds))


def takes(walk: Walk, amount: Decimal) -> bool:
    return all_hold(walk.method.amount_verdicts(walk.tender, amount))


def ceiling(walk: Walk, stated: str) -> bool:
    return takes(walk, number(stated)) and not takes(walk, number(stated) + CENT)


def first_quote(walk: Walk, stated: str) -> bool:
    hall = opened(walk.terms.hall, NOON)
    asked = [fault(hall, "a", number(stated) + more, NOON) for more in (Decimal(0), CENT)]
    return asked == [None, Why.ABOVE_CEILING]


def floor(walk: Walk, stated: str) -> bool:
    if walk.method.is_live:
        hall = opened(walk.terms.hall, NOON)
        asked = [fault(hall, "a", number(stated) - less, NOON) for less in (Decimal(0), CENT)]
        return asked == [None, Why.BELOW_FLOOR]
    return takes(walk, number(stated)) and not takes(walk, number(stated) - CENT)


def floor_rate(walk: Walk, percent: str) -> bool:
    """The rate at the floor counts, a hundredth of a percent more does not."""
    hall = opened(walk.terms.hall, NOON)
    rates = (Decimal(percent) + more for more in (Decimal(0), CENT))
    asked = [fault(hall, "a", discounted(CEILING, one), NOON) for one in rates]
    return asked == [None, Why.BELOW_FLOOR]


def price(walk: Walk, stated: str) -> bool:
    around = (number(stated) + more for more in (-CENT, Decimal(0), CENT))
    return [takes(walk, amount) for amount in around] == [False, True, False]


def small(walk: Walk, percent: str) -> bool:
    stated = walk.method.small_deduction(walk.tender, walk.rules)
    offers = {"small": Decimal(100), "other": Decimal(100)}
    lowered = compared_at(offers, {"small"}, stated)
    return lowered == {"small": 100 - Decimal(percent), "other": Decimal(100)}


def below_mean(walk: Walk, percent: str) -> bool:
    """Two equal quotes lie p % below the mean of four: none of them is far below the next."""
    return _is_low_from(walk, percent, lambda p: [100 - p, 100 - p, 100 + p, 100 + p], {0, 1})


def below_next(walk: Walk, percent: str) -> bool:
    """The lower of two lies p % below the other, and not as far below their mean."""
    return _is_low_from(walk, percent, lambda p: [100 - p, Decimal(100)], {0})


def _is_low_from(
    walk: Walk, percent: str, amounts: Callable[[Decimal], list[Decimal]], low: set[int]
) -> bool:
    def found(share: Decimal) -> set[int]:
        named = {str(place): amount * 100 for place, amount in enumerate(amounts(share))}
        return {int(name) for name in abnormally_low(walk.tender, named, NOON)}

    return found(Decimal(percent)) == low and found(Decimal(percent) - CENT) == set()


def minimum(walk: Walk, count: str) -> bool:
    least = walk.method.min_signups(walk.tender, walk.rules)
    asked = [walk.method.enough_bids(int(count) - less, least).holds for less in (0, 1)]
    return asked == [True, False]


def next_minimum(walk: Walk, count: str) -> bool:
    return needed_next(walk.rules, walk.method.case(walk.tender)) == int(count)


def ranked(walk: Walk, count: int):
    offers = {f"{n:018d}": Decimal(1000 + n) for n in range(count)}
    return walk.terms.rank(offers, SEED, CONTEXT)


def trim(walk: Walk, count: str) -> bool:
    aside = [len(ranked(walk, n).reckoning["set_aside"]) for n in (int(count) - 1, int(count))]
    return aside == [0, 2]


def rate(walk: Walk, first: str, last: str) -> bool:
    drawn = {
        walk.terms.rank({"a": Decimal(1000)}, SEED, n.to_bytes(32, "big")).reckoning["rate"]
        for n in range(120)
    }
    return (min(drawn), max(drawn)) == (int(first), int(last))


def step(walk: Walk, percent: str, points: str) -> bool:
    """A step lower counts, a cent less does not; the share of the rulebook comes to that step."""
    hall = quoted(opened(walk.terms.hall, NOON), "a", CEILING, NOON)
    base = (walk.tender.floor or CEILING) * Decimal(percent) / 100
    amounts = (CEILING - number(points), CEILING - number(points) + CENT)
    asked = [fault(hall, "b", amount, NOON) for amount in amounts]
    return base == number(points) and asked == [None, Why.NOT_LOW_ENOUGH]


def rate_step(walk: Walk, percent: str, points: str) -> bool:
    hall = quoted(opened(walk.terms.hall, NOON), "a", CEILING * 99 / 100, NOON)
    amounts = [CEILING * (99 - number(points) + more) / 100 for more in (Decimal(0), CENT)]
    asked = [fault(hall, "b", amount, NOON) for amount in amounts]
    at_floor = (CEILING - FLOOR) / CEILING * 100
    is_share = at_floor * Decimal(percent) / 100 == number(points)
    return is_share and asked == [None, Why.NOT_LOW_ENOUGH]


def countdown(walk: Walk, minutes: str) -> bool:
    """It ends the hall, and every quote above the floor starts it anew."""
    span = timedelta(minutes=int(minutes))
    hall = opened(walk.terms.hall, NOON)
    asked = [fault(hall, "a", CEILING, NOON + after) for after in (span - TICK, span)]
    again = quoted(hall, "a", CEILING, NOON + span - TICK)
    return asked == [None, Why.OVER] and again.ends_at == NOON + 2 * span - TICK


def longest(walk: Walk, minutes: str) -> bool:
    return opened(walk.terms.hall, NOON).closes_at == NOON + timedelta(minutes=int(minutes))


def plan(walk: Walk, megabytes: str) -> bool:
    limit = int(megabytes) * 1024 * 1024
    sizes = [Plan("a.pdf", "application/pdf", bytes(limit + more)) for more in (0, 1)]
    return [plan_is_within_limit(one, walk.rules).holds for one in sizes] == [True, False]


def weight(walk: Walk, name: str, percent: str) -> bool:
    """A point of a criterion, or all of the price, is worth that many hundredths of the total."""
    template = walk.method.template(walk.tender)
    assert template is not None
    names = [one for one, _weight in template.criteria]

    def total(bidders: list[Bidder], given: list[int]) -> Fraction:
        points = {bidders[0].uscc: given, bidders[1].uscc: [0] * len(names)}
        found = scores(template, bidders, [points])
        return next(one.total for one in found if one.uscc == bidders[0].uscc)

    def two(record: int, amount: int) -> list[Bidder]:
        first = Bidder(uscc="a", amount=Decimal(amount), record=record, ticket="0")
        return [first, Bidder(uscc="b", amount=Decimal(100), record=2, ticket="1")]

    nothing = [0] * len(names)
    poor = total(two(0, 200), nothing)  # half the points of the price, none of the record
    if name == "价格":
        return total(two(0, 100), nothing) - poor == Fraction(int(percent), 2)
    if name == "信用":
        return total(two(2, 200), nothing) - poor == int(percent)
    given = [100 if one == name else 0 for one in names]
    return total(two(0, 200), given) - poor == int(percent)


def points(walk: Walk, name: str, percent: str, least: str, most: str) -> bool:
    return weight(walk, name, percent) and (least, most) == ("0", "100")


def seats(walk: Walk, count: str) -> bool:
    return walk.terms.seats == int(count)


def drops(walk: Walk, said: str) -> bool:
    return walk.terms.drops_outer is (said == "可用")


def preference(walk: Walk, grade: str, count: str) -> bool:
    """Of an agency of each grade; one of which nothing is recorded has that of the base score."""
    key = bidder(walk.tender.item).pk
    stated = walk.rules.column(PREFERENCE)[grade] == int(count)
    is_own = public_standings([key], NOON)[key].grade == grade
    return stated and (not is_own or weights_of([key], NOON)[key] == int(count))


def long_list(walk: Walk, count: str) -> bool:
    listed = [len(ranked(walk, n).reckoning["long_list"]) for n in (int(count), int(count) + 1)]
    return listed == [int(count)] * 2


def short_list(walk: Walk, count: str, again: str) -> bool:
    drawn = [ranked(walk, n).places for n in (int(count), int(count) + 1)]
    are_drawn = [any(place.is_tied for place in places) for places in drawn]
    return [*map(len, drawn)] == [int(count), int(again)] and are_drawn == [False, True]


SCORED, CHOSEN = (partial(periods.choose_due, is_scored=one) for one in (True, False))
AMOUNT, DAYS = r"¥([\d,.]+)", r"(\d+) 个工作日"
PROBES: tuple[tuple[str, Callable[..., bool]], ...] = (
    (rf"报名期不少于 {DAYS}", sign_up),
    (r"报名截止 (\d+) 小时以前，入驻机构可以提问", partial(until, questions_are_taken)),
    (r"答复最迟在报名截止 (\d+) 小时以前公开", partial(until, answers_are_taken)),
    (r"报名截止 (\d+) 秒后统一开启", grace),
    (r"不早于报名截止后 (\d+) 秒", grace),
    (rf"(?:第一次报价不得高于|以)最高限价 {AMOUNT}", first_quote),
    (r"下浮率最高 ([\d.]+)%", floor_rate),
    (rf"(?<!第一次)(?:报价|金额)不得高于最高限价 {AMOUNT}", ceiling),
    (rf"报价不得低于最低限价 {AMOUNT}", floor),
    (rf"金额由公告公布，为 {AMOUNT}", price),
    (r"报价扣除 (\d+)% 后比较", small),
    (r"平均值达到 ([\d.]+)%", below_mean),
    (r"高一位的有效报价达到 ([\d.]+)%", below_next),
    (rf"开启报价后 {DAYS}内说明成本", partial(working_days, periods.cost_explain_due)),
    (rf"收到成本说明后 {DAYS}内审核", partial(working_days, periods.cost_judge_due)),
    (r"有效报名少于 (\d+) 家的流标", minimum),
    (r"下一轮有效报名不少于 (\d+) 家", next_minimum),
    (rf"结果公示 {DAYS}", partial(working_days, periods.result_publicity_end)),
    (r"有效报价达到 (\d+) 家的，去掉", trim),
    (r"平均价的 (\d+) 至 (\d+)%", rate),
    (rf"的 ([\d.]+)%。这项采购每次至少降低 {AMOUNT}", step),
    (r"下浮率的 ([\d.]+)%。这项采购每次至少提高 ([\d.]+) 个百分点", rate_step),
    (r"倒计时 (\d+) 分钟", countdown),
    (r"竞价最长 (\d+) 分钟", longest),
    (r"不超过 (\d+) 兆字节", plan),
    (r"^(价格|信用)占 (\d+)%", weight),
    (r"^(\S+)占 (\d+)%，(?:由专家)?打 (\d+) 至 (\d+) 之间的整数分", points),
    (rf"开启报价后 {DAYS}内完成评分", partial(working_days, SCORED)),
    (rf"开启报价后 {DAYS}内，项目业主从候选", partial(working_days, CHOSEN)),
    (r"由 (\d+) 名专家组成", seats),
    (rf"专家在 {DAYS}内答复", partial(working_days, periods.panel_answer_due)),
    (rf"答复参加后 {DAYS}内提交评分", partial(working_days, periods.panel_sheet_due)),
    (r"信用等级 ([A-D]) 的机构，优先次序值为 (\d+)", preference),
    (r"前 (\d+) 家入围", long_list),
    (r"超过 (\d+) 家的，以优先次序值为权重不重复抽取 (\d+) 家", short_list),
    (rf"公告所列机构在 {DAYS}内接受", partial(working_days, periods.direct_accept_due)),
)


def order_of(method: str, **fields: object) -> Tender:
    item = ServiceItemFactory(published=True)
    named = {"direct": bidder(item)} if method == "direct" else {}
    funds = {"direct": "private", "random": "private", "shortlist": "private"}
    own = {"floor": FLOOR} if method not in {"direct", "random"} else {}
    tender = TenderFactory(
        item=item,
        ceiling=CEILING,
        fund=funds.get(method, "fiscal"),
        parameters=WEIGHTS if method in {"plan_price", "experts"} else {},
        **{**own, **fields},
        **named,
    )
    tender.method = method
    if method == "plan_price":
        tender.parameters = {**WEIGHTS, "price_weight": "50"}
    if method == "auction":
        tender.selection_at = NOON + 9 * ONE_DAY
    return tender


def untried(walk: Walk) -> list[str]:
    """Return each sentence with a number that nothing tries, or of which a number is not so."""
    found = []
    for sentence in rule_sentences(walk.tender, NOON):
        numbers = re.sub(r"20\d\d年.*?\d\d:\d\d|精确到 0\.01%|》第\S+条|满分", "", sentence.text)
        if not re.search(r"\d", numbers):
            continue
        tried = [
            probe(walk, *match.groups())
            for pattern, probe in PROBES
            if (match := re.search(pattern, sentence.text))
        ]
        if not tried or not all(tried):
            found.append(f"{'untried' if not tried else 'wrong'}: {sentence.text}")
    return found


@pytest.mark.parametrize("values", [SHIPPED, OTHERWISE], ids=["shipped", "otherwise"])
def test_each_number_of_each_rule_is_the_one_at_which_the_code_decides_otherwise(values):
    load_rules(**values)
    load_reference()
    if values:
        refined = Parameter.objects.get(key="order.min_signups.lowest.fiscal")
        refined.pk, refined.key, refined.value = None, f"{refined.key}.round_2", 4
        refined.save()
    asked = [(method, {}) for method in METHODS] + [("auction", {"quote": "rate"})]

    for method, fields in asked:
        tender = order_of(method, **fields)
        assert untried(Walk(tender, rules_for(tender, NOON))) == [], method


def test_a_number_that_the_code_does_not_obey_is_found():
    load_reference()
    tender = order_of("direct")
    rules = rules_for(tender, NOON)

    other = Walk(tender, rules.changed({DIRECT_ACCEPT.key: Duration(3, "working_day")}))

    assert untried(other) == ["wrong: 公告所列机构在 2 个工作日内接受或者谢绝。"]
