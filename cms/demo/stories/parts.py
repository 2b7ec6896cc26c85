"""What an order has beside its text: papers, avoided agencies, exemptions, lots, a template."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from bidding.actions.tenders.lots import divide_tender
from bidding.actions.tenders.parts import (
    add_papers,
    avoid_agency,
    exempt_order,
    invite_witness,
)
from bidding.actions.tenders.templates import save_template
from cms.demo.paper import pdf
from cms.demo.reading import limits_exceeded
from cms.demo.script import Order
from cms.demo.world import Row, World


def parts_are_added(world: World, order: Order, tender: Row, at: datetime) -> None:
    """Add to a draft what the script says of it."""
    who = {"tender": tender, "by": world.agent(order.buyer), "at": at}
    for kind in ("requirement", "approval"):
        if title := getattr(order, kind):
            add_papers(kind=kind, files=[_paper(world, order, title)], **who)
    if order.avoided:
        avoid_agency(agency=world.parties[order.avoided], reasons=order.avoiding, **who)
    if order.witness:
        invite_witness(unit=order.witness, name=world.name_of(f"witness-{order.key}"), **who)


def limits_are_answered(world: World, order: Order, tender: Row, at: datetime) -> None:
    """Say with a paper why each limit that a draft exceeds does not bind it."""
    texts = world.text("paper")
    for check in limits_exceeded(tender, at):
        exempt_order(
            tender=tender,
            check=check,
            reasons=texts["exemption"],
            files=[_paper(world, order, texts["exemption_title"])],
            by=world.agent(order.buyer),
            at=at,
        )


def draft_is_used(world: World, order: Order, tender: Row, at: datetime) -> None:
    """Keep a finished draft as a template and divide it into lots, where the script says so."""
    who = {"by": world.agent(order.buyer), "at": at}
    if order.template:
        save_template(tender=tender, name=order.template, **who)
    if order.lots:
        divide_tender(tender=tender, count=order.lots, most_per_agency=order.lots_to_one, **who)


def _paper(world: World, order: Order, title: str) -> SimpleUploadedFile:
    lines = [one.format(title=order.title) for one in world.text("paper", "order_lines")]
    return SimpleUploadedFile(f"{title}.pdf", pdf(title, lines), "application/pdf")
