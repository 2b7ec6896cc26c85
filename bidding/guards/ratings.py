"""May a side rate the other, amend its rating; may a rating be closed and a contract archived."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.models import Contract, Evaluation
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Verdict, guard
from marketplace.models import User

SERVED = (Contract.Status.ACCEPTED, Contract.Status.RATED)


@guard(_("验收以后才能评价，归档以后不能再评价"))
def contract_is_served(contract: Contract | None) -> bool:
    return contract is not None and contract.status in SERVED


@guard(_("评价期限已过"), rule="rating.window")
def rating_window_is_open(contract: Contract, at: datetime) -> bool:
    return contract.rating_due_at is not None and at < contract.rating_due_at


@guard(_("项目业主在期限内没有评价，已经如实记作“未评价”"), rule="rating.window")
def silence_is_not_recorded(contract: Contract, side: str) -> bool:
    is_closed = contract.rated_at is not None and not contract.is_rated_by_buyer
    return side != Evaluation.Side.BUYER or not is_closed


@guard(_("评价提交后的修改期限已过"), rule="rating.amend")
def rating_can_be_amended(contract: Contract, side: str, at: datetime) -> bool:
    end = amendable_until(contract, side)
    return end is not None and at < end


@guard(_("每项评价为 1 至 5 星"), source=FORM)
def stars_are_from_one_to_five(stars: tuple[int, ...]) -> bool:
    return all(1 <= star <= 5 for star in stars)


@guard(_("您已经代表另一方评价过这份合同"))
def person_did_not_rate_for_the_other_side(contract: Contract, side: str, by: User) -> bool:
    return not Evaluation.objects.filter(contract=contract, rated_by=by).exclude(side=side).exists()


@guard(_("合同不在等待评价状态"))
def contract_awaits_rating(contract: Contract) -> bool:
    return contract.status == Contract.Status.ACCEPTED


@guard(_("评价期限还没有满"), rule="rating.window")
def rating_window_is_over(contract: Contract, at: datetime) -> bool:
    return contract.rating_due_at is not None and at >= contract.rating_due_at


@guard(_("合同不在已评价状态"))
def contract_is_rated(contract: Contract) -> bool:
    return contract.status == Contract.Status.RATED


@guard(_("评价还可以提交或者修改"), rule="rating.amend")
def ratings_are_final(contract: Contract, at: datetime) -> bool:
    ends = [contract.amend_until, contract.rating_due_at]
    if contract.agency_amend_until is not None:
        ends.append(contract.agency_amend_until)
    return all(end is not None and at >= end for end in ends)


def has_rated(contract: Contract, side: str) -> bool:
    """Tell whether a side has given its first rating."""
    return Evaluation.objects.filter(contract=contract, side=side).exists()


def amendable_until(contract: Contract, side: str) -> datetime | None:
    """Return until when a side may amend its rating, as it was told when it gave the first."""
    if side == Evaluation.Side.BUYER:
        return contract.amend_until
    return contract.agency_amend_until


def may_rate(contract: Contract | None, side: str, by: User, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything but the stars that must hold before a side rates, or rates anew."""
    if contract is None:
        return (contract_is_served(contract),)
    if has_rated(contract, side):
        in_time = rating_can_be_amended(contract, side, at)
    else:
        in_time = rating_window_is_open(contract, at)
    return (
        contract_is_served(contract),
        silence_is_not_recorded(contract, side),
        in_time,
        person_did_not_rate_for_the_other_side(contract, side, by),
    )


def may_close_rating(contract: Contract, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before silence is recorded."""
    return contract_awaits_rating(contract), rating_window_is_over(contract, at)


def may_archive_contract(contract: Contract, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before a contract is put into the archive."""
    return contract_is_rated(contract), ratings_are_final(contract, at)
