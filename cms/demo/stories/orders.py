"""One order's life, from the draft to the registration of its selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from bidding.actions.bids import decline_order, submit_bid, withdraw_bid
from bidding.actions.choices import choose_bid, score_plans
from bidding.actions.explanations import explain_cost, judge_cost
from bidding.actions.tenders import (
    amend_tender,
    approve_tender,
    cancel_tender,
    change_tender,
    draft_tender,
    publish_tender,
    register_selection,
    rerun_tender,
    return_tender,
    submit_tender,
)
from cms.demo.engine import Scene, Story
from cms.demo.paper import pdf
from cms.demo.reading import (
    candidates_of,
    has_hall,
    lot_called,
    plan_of,
    published_amount,
    question_of,
    quotable,
    seats_of,
    tender_by_slug,
)
from cms.demo.script import Order, Round
from cms.demo.stories.contracts import award_is_served
from cms.demo.stories.halls import hall_is_held
from cms.demo.stories.panels import panel_scores
from cms.demo.stories.parts import draft_is_used, limits_are_answered, parts_are_added
from cms.demo.stories.prices import offers
from cms.demo.world import Row, World

FEWEST, MOST = 3, 5
REPLACES_PERCENT, WITHDRAWS_PERCENT = 18, 12
FIRST_PRICE = Decimal("1.03")
PROJECT_KIND = "04-01"
HALL_OPENS = 0.0625
"""Half past nine, as a part of the working day."""
A_MOMENT = timedelta(seconds=30)
"""After the end of the story, so that the platform itself opens the hall when it comes up."""


@dataclass(frozen=True, order=True)
class Entry:
    """What one agency does during the sign-up; without an amount it withdraws."""

    moment: datetime
    agency: str
    amount: Decimal | None = None


def order_is_lived(world: World, order: Order) -> Story:
    """Lead one order through its rounds."""
    earlier: Row = None
    for plan in order.rounds:
        tender = yield from _prepare(world, order, plan, earlier)
        if tender is None:
            return
        yield from _compete(world, order, plan, tender)
        earlier = tender


# --- Up to the publication ------------------------------------------------------------------------
def _prepare(world: World, order: Order, plan: Round, earlier: Row) -> Scene:
    """Draft, submit, review and publish; return the published order, or None if it stops before."""
    key = plan.key
    yield (at := world.at(plan.published - 3, 0.4 if order.lot_of else 0.25, key))
    by = world.agent(order.buyer)
    tender = _draft(world, order, plan, earlier, at)
    if plan.stays == "draft":
        return None
    yield (at := world.at(plan.published - 3, 0.6, key))
    tender = submit_tender(tender=tender, by=by, at=at)
    if plan.stays == "submitted":
        return None
    reviewer, publisher, _registrar = world.operators(order.place)
    if plan.returned:
        yield (at := world.at(plan.published - 2, 0.3, key))
        return_tender(tender=tender, reasons=plan.returned, by=reviewer, at=at)
        return None
    yield (at := world.at(plan.published - 1, 0.4, key))
    tender = approve_tender(tender=tender, by=reviewer, at=at)
    if plan.stays == "reviewed":
        return None
    yield (at := world.at(plan.published, 0.2, key))
    seed = world.chance.digest("draw", key)
    tender = publish_tender(tender=tender, by=publisher, at=at, demo_seed=seed)
    world.tenders[key] = tender
    return tender


def _draft(world: World, order: Order, plan: Round, earlier: Row, at: datetime) -> Row:
    by, buyer = world.agent(order.buyer), world.script.buyers[order.buyer]
    if earlier is not None:
        tender = rerun_tender(tender=earlier, by=by, at=at)
        tender = change_tender(tender=tender, by=by, at=at, signup_days=plan.signup)
        limits_are_answered(world, order, tender, at)
        return tender
    tender = _begun(world, order, at)
    serial = world.chance.number(10**6, "project", order.lot_of or order.key)
    content = world.text("content", order.item).format(place=world.division(order.place).name)
    named = {"named_agency": world.parties.get(order.named), "naming_reasons": order.naming}
    parts_are_added(world, order, tender, at)
    tender = change_tender(
        tender=tender,
        by=by,
        at=at,
        title=order.title,
        project_code=f"{at:%y%m}-{order.place}-{PROJECT_KIND}-{serial:06d}",
        content=content,
        scale=order.scale,
        service_time=order.days,
        contact_name=by.name,
        contact_phone=world.telephone(order.buyer, buyer.division),
        fund=buyer.fund,
        fund_shares=dict(order.shares),
        is_in_approval=order.in_approval,
        ceiling=Decimal(order.ceiling),
        price_basis=world.text("paper", "price_basis"),
        floor=Decimal(order.floor) if order.floor else None,
        quote=order.quote,
        quantity=order.quantity,
        quantity_unit=order.unit,
        method=order.method,
        parameters=dict(order.weights),
        signup_days=plan.signup,
        selection_at=_hall_opens_at(world, plan),
        **named,
    )
    limits_are_answered(world, order, tender, at)
    draft_is_used(world, order, tender, at)
    return tender


def _begun(world: World, order: Order, at: datetime) -> Row:
    """Return an empty draft, or the lot that began with the first one's content."""
    if order.lot_of:
        first = next(one for one in world.script.orders if one.key == order.lot_of)
        return lot_called(first.title, order.lot)
    return draft_tender(
        buyer=world.parties[order.buyer],
        item=world.item(order.item),
        division=world.division(order.place),
        by=world.agent(order.buyer),
        at=at,
    )


def _hall_opens_at(world: World, plan: Round) -> datetime | None:
    """Return when the hall of an order opens, if it has one."""
    if plan.hall is None:
        return None
    return world.days.at(plan.hall, HALL_OPENS) if plan.hall else world.days.end + A_MOMENT


# --- Sign-up and selection ------------------------------------------------------------------------
def _compete(world: World, order: Order, plan: Round, tender: Row) -> Story:
    """Take the bids, or the answer of the named agency, and lead them to a result."""
    if order.named:
        yield from _answer(world, order, plan, tender)
    else:
        yield from _sign_up(world, order, plan, tender)
        tender = tender_by_slug(tender.slug)
    if plan.cancelled:
        yield (at := world.at(plan.published + 2, 0.6, plan.key))
        by = world.manager(order.buyer)
        cancel_tender(tender=tender, reasons=plan.cancelled, by=by, at=at)
        return
    if plan.declined or plan.bid_count == 0 or plan.stays in {"published", "hall"}:
        return
    if has_hall(tender):
        yield from hall_is_held(world, plan, tender)
    opened = plan.published + 1 if order.named else world.days.number_from(tender.opening_at)
    yield from _settle(world, order, plan, tender, opened)


def _settle(world: World, order: Order, plan: Round, tender: Row, opened: int) -> Story:
    """Answer what an opening asks, let whoever chooses or scores do so, and register the result."""
    yield (at := world.at(opened, 0.35, plan.key))
    tender = tender_by_slug(tender.slug)
    if plan.cost:
        _explain_cost(world, order, plan, tender, at)
        yield (at := world.at(opened, 0.5, plan.key))
        tender = tender_by_slug(tender.slug)
    if seats_of(tender):
        yield from panel_scores(world, plan, tender, opened)
        opened += 1
        yield (at := world.at(opened, 0.35, plan.key))
        tender = tender_by_slug(tender.slug)
    if plan.stays == "evaluated" or tender.status == tender.Status.UNSUCCESSFUL:
        return
    if candidates := candidates_of(tender):
        _choose(world, order, tender, candidates, at)
        yield (at := world.at(opened, 0.7, plan.key))
        tender = tender_by_slug(tender.slug)
    registrar = world.operators(order.place)[2]
    award = register_selection(tender=tender, by=registrar, at=at, namesakes_ruled_out=True)
    yield from award_is_served(world, order, plan, award)


def _explain_cost(world: World, order: Order, plan: Round, tender: Row, at: datetime) -> None:
    """Let the bidder of the low quote say what it costs, and the owner refuse it if it does."""
    asked = question_of(tender)
    by = world.agent(world.key_of(asked.bid.agency))
    asked = explain_cost(explanation=asked, text=plan.cost, by=by, at=at)
    if plan.cost_refused:
        by = world.agent(order.buyer)
        judge_cost(explanation=asked, is_accepted=False, reasons=plan.cost_refused, by=by, at=at)


def _choose(
    world: World, order: Order, tender: Row, candidates: Sequence[str], at: datetime
) -> None:
    """Let the owner score the plans, or choose the first of the list."""
    by, why = world.agent(order.buyer), world.text("paper", "choice")
    if not order.weights:
        choose_bid(tender=tender, candidate=candidates[0], reasons=why, by=by, at=at)
        return
    criteria = range(len(order.weights["criteria"].splitlines()))
    points = {
        uscc: [world.chance.between(62, 96, "points", order.key, uscc, n) for n in criteria]
        for uscc in candidates
    }
    score_plans(tender=tender, points=points, reasons=why, by=by, at=at)


def _answer(world: World, order: Order, plan: Round, tender: Row) -> Story:
    if plan.stays == "published":
        return
    yield (at := world.at(plan.published, 0.8, plan.key))
    agency, by = world.parties[order.named], world.agent(order.named)
    if plan.declined:
        decline_order(tender=tender, agency=agency, by=by, at=at)
        return
    amount = offers([order.named], order.ceiling, tied=0, chance=world.chance, order=plan.key)
    submit_bid(
        tender=tender,
        agency=agency,
        amount=amount[order.named],
        by=by,
        at=at,
        part=world.chance.digest("part", plan.key, order.named),
    )


def _sign_up(world: World, order: Order, plan: Round, tender: Row) -> Story:
    bids: dict[str, Row] = {}
    amends_at = world.at(plan.published + 1, 0.5, plan.key) if plan.amended else None
    for entry in _entries(world, order, plan, tender):
        if amends_at is not None and amends_at < entry.moment:
            yield amends_at
            _amend(world, order, plan, tender, amends_at)
            amends_at, bids = None, {}
        if entry.amount is None and entry.agency not in bids:
            continue  # it has lapsed, and there is nothing to take back
        yield entry.moment
        by = world.agent(entry.agency)
        if entry.amount is None:
            withdraw_bid(bid=bids[entry.agency], by=by, at=entry.moment)
        else:
            bids[entry.agency] = submit_bid(
                tender=tender,
                agency=world.parties[entry.agency],
                amount=entry.amount,
                by=by,
                at=entry.moment,
                part=world.chance.digest("part", plan.key, entry.agency),
                plan=_plan(world, order, entry.agency) if order.weights else None,
                is_small=entry.agency == plan.small,
            )


def _plan(world: World, order: Order, agency: str) -> Row:
    """Return the file that an agency seals with its amount."""
    title = world.text("paper", "plan")
    lines = [order.title, world.parties[agency].name, *world.text("paper", "plan_lines")]
    return plan_of(f"{title}.pdf", pdf(title, lines))


def _amend(world: World, order: Order, plan: Round, tender: Row, at: datetime) -> None:
    """Change what the order asks for, so that whoever has bid must bid again."""
    amend_tender(
        tender=tender,
        reasons=plan.amended,
        by=world.agent(order.buyer),
        at=at,
        demo_seed=world.chance.digest("draw", plan.key, "amended"),
        scale=plan.amended_scale,
    )


def _entries(world: World, order: Order, plan: Round, tender: Row) -> Sequence[Entry]:
    """Return what every bidder does, in the order of time."""
    chance, key = world.chance, plan.key
    bidders, also = _bidders(world, order, plan)
    last = world.days.number_from(tender.tender_period_end) - 1
    if plan.cancelled:
        last = plan.published + 1
    entries: list[Entry] = []
    published = published_amount(tender)
    prices = offers(bidders, order.ceiling, tied=plan.tie, chance=chance, order=key, low=plan.low)
    if published is not None:
        prices = dict.fromkeys(bidders, published)
    prices = {agency: quotable(tender, amount) for agency, amount in prices.items()}
    for agency, amount in prices.items():
        first, second = _moments(world, plan, agency, last)
        if chance.happens(REPLACES_PERCENT, "replaces", key, agency):
            before = published or min(amount * FIRST_PRICE // 10 * 10, Decimal(order.ceiling))
            before = quotable(tender, before)
            entries += [Entry(first, agency, before), Entry(second, agency, amount)]
        else:
            entries.append(Entry(first, agency, amount))
    if plan.amended:
        again = plan.bidders[0]
        entries.append(Entry(world.at(plan.published + 1, 0.8, key), again, prices[again]))
    if also and chance.happens(WITHDRAWS_PERCENT, "withdraws", key):
        first, second = _moments(world, plan, also[0], last)
        amount = published or Decimal(order.ceiling * 9 // 100 * 10)
        entries += [Entry(first, also[0], quotable(tender, amount)), Entry(second, also[0])]
    return sorted(entries, key=lambda entry: (entry.moment, entry.agency))


def _moments(world: World, plan: Round, agency: str, last: int) -> tuple[datetime, datetime]:
    """Return when an agency offers first and when it thinks again; the script's own come early."""
    key, chance = plan.key, world.chance
    if agency in plan.bidders:
        return world.at(plan.published, 0.4, key, agency), world.at(
            plan.published, 0.45, key, agency
        )
    part = chance.between(40, 90, "part", key, agency) / 100
    first = chance.between(plan.published, max(plan.published, last - 1), "day", key, agency)
    return world.at(first, part, key, agency), world.at(last, 0.95, key, agency)


def _bidders(world: World, order: Order, plan: Round) -> tuple[list[str], list[str]]:
    """Return who bids, the cheapest first, and who else could."""
    chance, key = world.chance, plan.key
    service_class = world.item(order.item).service_class.code
    able = [
        agency.key
        for agency in world.script.agencies.values()
        if agency.is_told == order.is_told
        and service_class in agency.classes
        and agency.bids_on(plan.published)
        and agency.key != order.avoided
    ]
    count = plan.bid_count
    if count is None:
        count = chance.between(FEWEST, MOST, "count", key) + (plan.tie > 0)
    wanted = {plan.winner, *plan.bidders} - {""}
    others = [
        agency
        for agency in chance.shuffled(sorted(able), "bidders", key)
        if agency not in wanted and agency not in plan.without
    ]
    taken = max(0, count - len(wanted)) if not plan.bidders else count
    asked = [*sorted(wanted - {plan.winner}), *others[:taken]]
    ranked = chance.shuffled(asked, "rank", key)
    return [plan.winner, *ranked] if plan.winner else ranked, others[taken:]
