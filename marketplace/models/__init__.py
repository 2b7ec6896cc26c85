"""The models of the parties and of what can be bought."""

import marketplace.kernel.models  # noqa: F401 - the tables of the kernel are this app's too
from marketplace.models.catalogue import (
    Approval,
    ApprovalDeliverable,
    RefusedItem,
    ServiceClass,
    ServiceItem,
)
from marketplace.models.catalogue_lists import CatalogueList, ListChange
from marketplace.models.divisions import Division
from marketplace.models.documents import Document
from marketplace.models.invitations import Invitation
from marketplace.models.messages import Message
from marketplace.models.organizations import (
    Agency,
    AgencyQuerySet,
    Buyer,
    Membership,
    Organization,
    OrganizationQuerySet,
)
from marketplace.models.proposals import RuleProposal
from marketplace.models.qualifications import Practitioner, Qualification
from marketplace.models.resets import FactorReset
from marketplace.models.users import User

__all__ = [
    "Agency",
    "AgencyQuerySet",
    "Approval",
    "ApprovalDeliverable",
    "Buyer",
    "CatalogueList",
    "Division",
    "Document",
    "FactorReset",
    "Invitation",
    "ListChange",
    "Membership",
    "Message",
    "Organization",
    "OrganizationQuerySet",
    "Practitioner",
    "Qualification",
    "RefusedItem",
    "RuleProposal",
    "ServiceClass",
    "ServiceItem",
    "User",
]
