"""May an authority be set up by the one above it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.addresses import person_of
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import AuthorityProposal, Division, Membership, Organization, User


@guard(_("只能设立本机构所辖地区的下级机构，%(place)s不在其中"))
def area_lies_below(office: Organization, division: Division) -> bool | Because:
    above = office.division
    is_below = above != division and above.covers(division) and division.closed_on is None
    return is_below or Because(place=division.full_name)


@guard(_("%(place)s的“%(name)s”已经有管理员，由其邀请其他人"))
def authority_has_no_manager(name: str, division: Division) -> bool | Because:
    """Let one that has lost its manager, or whose manager never came, be given one again."""
    managers = Membership.objects.active().filter(
        role=Membership.Role.MANAGER,
        organization__kind=Organization.Kind.AUTHORITY,
        organization__name=name,
        organization__division=division,
    )
    return not managers.exists() or Because(place=division.full_name, name=name)


@guard(_("“%(name)s”的设立正在等待第二人确认"))
def authority_is_not_proposed(name: str, division: Division) -> bool | Because:
    waiting = AuthorityProposal.objects.waiting().filter(name=name, division=division)
    return not waiting.exists() or Because(name=name)


@guard(_("填写机构的全称"), source=FORM)
def authority_is_named(name: str) -> bool:
    return bool(name)


@guard(_("这项设立已经确认或者撤回"))
def authority_proposal_waits(proposal: AuthorityProposal) -> bool:
    return proposal.confirmed_at is None and proposal.withdrawn_at is None


@guard(_("提出的人和拟任管理员不能自己确认，请由另一人核对"))
def authority_is_confirmed_by_a_third(proposal: AuthorityProposal, by: User) -> bool:
    return by.pk != proposal.proposed_by_id and by != person_of(proposal.login)


def may_propose_authority(
    office: Organization, name: str, division: Division
) -> tuple[Verdict, ...]:
    """Ask whether an office may put up an authority for a part of its area."""
    return (
        authority_is_named(name),
        area_lies_below(office, division),
        authority_has_no_manager(name, division),
        authority_is_not_proposed(name, division),
    )


def may_confirm_authority(proposal: AuthorityProposal, by: User) -> tuple[Verdict, ...]:
    """Ask whether `by` may confirm what a colleague has put up."""
    return (
        authority_proposal_waits(proposal),
        authority_is_confirmed_by_a_third(proposal, by),
        authority_has_no_manager(proposal.name, proposal.division),
    )
