"""The models of the parties and of what can be bought."""

import marketplace.kernel.models  # noqa: F401 - the tables of the kernel are this app's too
from marketplace.models.assignments import Assignment, StandIn
from marketplace.models.authorities import AuthorityProposal, AuthorityProposalQuerySet
from marketplace.models.catalogue import (
    Approval,
    ApprovalDeliverable,
    RefusedItem,
    ServiceClass,
    ServiceItem,
)
from marketplace.models.catalogue_lists import CatalogueList, ListChange, ListSubmission
from marketplace.models.changes import AgencyPaper, ChangeProposal, RegisterEntry
from marketplace.models.divisions import Division, PlaceCode
from marketplace.models.documents import Document
from marketplace.models.field_sources import FieldSource
from marketplace.models.identities import OfficerIdentity
from marketplace.models.invitations import Invitation
from marketplace.models.messages import Message
from marketplace.models.moves import PractitionerMove
from marketplace.models.organizations import (
    Agency,
    AgencyQuerySet,
    Buyer,
    BuyerQuerySet,
    Membership,
    MembershipQuerySet,
    Organization,
    OrganizationQuerySet,
)
from marketplace.models.ownership import OwnershipTie
from marketplace.models.performance import PastPerformance
from marketplace.models.proposals import RuleProposal
from marketplace.models.qualifications import Practitioner, Qualification
from marketplace.models.resets import FactorReset
from marketplace.models.users import User

__all__ = [
    "Agency",
    "AgencyPaper",
    "AgencyQuerySet",
    "Approval",
    "ApprovalDeliverable",
    "Assignment",
    "AuthorityProposal",
    "AuthorityProposalQuerySet",
    "Buyer",
    "BuyerQuerySet",
    "CatalogueList",
    "ChangeProposal",
    "Division",
    "Document",
    "FactorReset",
    "FieldSource",
    "Invitation",
    "ListChange",
    "ListSubmission",
    "Membership",
    "MembershipQuerySet",
    "Message",
    "OfficerIdentity",
    "Organization",
    "OrganizationQuerySet",
    "OwnershipTie",
    "PastPerformance",
    "PlaceCode",
    "Practitioner",
    "PractitionerMove",
    "Qualification",
    "RefusedItem",
    "RegisterEntry",
    "RuleProposal",
    "ServiceClass",
    "ServiceItem",
    "StandIn",
    "User",
]
