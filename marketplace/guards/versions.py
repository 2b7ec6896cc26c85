"""What the pages of an application, of an owner and of the members show, for the acts on them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.filed import certificates_of, papers_for, papers_of, professionals_of
from marketplace.kernel.known import asked_once
from marketplace.kernel.verdicts import Verdict
from marketplace.kernel.versions import Seen, Version, version_of
from marketplace.models import (
    Agency,
    AgencyPaper,
    AuthorityProposal,
    Buyer,
    ChangeProposal,
    FactorReset,
    Invitation,
    Membership,
    Organization,
    PastPerformance,
    Practitioner,
    PractitionerMove,
    Qualification,
    StandIn,
)
from marketplace.registered import target_of
from marketplace.web.versions import as_seen


def version_of_application(agency: Agency) -> Version:
    """Return how an agency stands with its certificates and professionals."""
    return version_of(
        agency.organization,
        Seen(agency),
        *(_certificate(one) for one in certificates_of(agency)),
        *(_certificate(one) for one in professionals_of(agency)),
        *(_paper(one) for one in papers_of(agency)),
    )


def application_as_seen(agency: Agency, seen: str | None) -> tuple[Verdict, ...]:
    """Ask whether what was acted on is how the application stands, if somebody saw it at all."""
    return () if seen is None else as_seen(version_of_application(agency), seen)


def _paper(row: AgencyPaper) -> Seen:
    return Seen(row, only=("document",), name=row.document.name)


def version_of_change(proposal: ChangeProposal) -> Version:
    """Return how a proposed change stands, with its papers and what is registered now."""
    agency = proposal.agency
    part, target = proposal.part, target_of(agency, proposal.part, proposal.target)
    registered = (agency, agency.organization) if part == ChangeProposal.Part.FACTS else (target,)
    return version_of(
        Seen(proposal, without=("agency",)),
        *registered,
        *(_paper(one) for one in papers_for(proposal)),
    )


def _certificate(row: Qualification | Practitioner) -> Seen:
    return Seen(row, without=("agency",), name=row.certificate_number)


def version_of_move(move: PractitionerMove) -> Version:
    """Return how the move of a professional stands, with who they are."""
    return version_of(Seen(move), Seen(move.practitioner, name=move.practitioner.name))


def version_of_performance(performance: PastPerformance) -> Version:
    """Return how a piece of past work stands, with its paper."""
    return version_of(Seen(performance, without=("agency",)))


@asked_once
def buyer_of(organization: Organization) -> Buyer:
    """Return what an owner adds to its organisation, and let both know each other."""
    buyer = Buyer.objects.get(pk=organization.pk)
    buyer.organization = organization
    return buyer


@asked_once
def members_of(organization: Organization) -> list[Membership]:
    """Return who acts for an organisation now, the oldest first."""
    return list(Membership.objects.members_of(organization))


def version_of_buyer(organization: Organization) -> Version:
    """Return how an owner stands."""
    return version_of(organization, buyer_of(organization))


def version_of_members(organization: Organization) -> Version:
    """Return who acts for an organisation, and who is invited."""
    members = members_of(organization)
    open_ones = Invitation.objects.filter(
        organization=organization, accepted_at=None, withdrawn_at=None
    )
    return version_of(
        *(Seen(one, without=("organization",), name=_member(one)) for one in members),
        *(Seen(one, without=("organization",), name=one.login) for one in open_ones),
    )


def _member(membership: Membership) -> str:
    role = membership.get_role_display()
    return _("%(person)s，%(role)s") % {"person": membership.user, "role": role}


def version_of_invitation(invitation: Invitation) -> Version:
    """Return how an invitation stands, for the person invited."""
    return version_of(Seen(invitation, name=str(invitation.organization)))


def version_of_stand_in(stand_in: StandIn) -> Version:
    """Return how it stands that somebody does a colleague's work."""
    return version_of(Seen(stand_in, name=str(stand_in.absent)))


def version_of_authority_proposal(proposal: AuthorityProposal) -> Version:
    """Return how the setting up of an authority stands."""
    return version_of(Seen(proposal, name=proposal.name))


def version_of_reset(reset: FactorReset) -> Version:
    """Return how a request to reset somebody's second factors stands."""
    return version_of(Seen(reset, name=str(reset.user)))
