"""The models of marketplace."""

from marketplace.models.append_only import AppendOnlyError, AppendOnlyModel
from marketplace.models.audit import AuditEntry
from marketplace.models.calendar import CalendarDay
from marketplace.models.catalogue import ApprovalDeliverable, ServiceClass, ServiceItem
from marketplace.models.clock import ClockOffset
from marketplace.models.divisions import Division
from marketplace.models.documents import Document
from marketplace.models.effects import Effect
from marketplace.models.invitations import Invitation
from marketplace.models.messages import Message
from marketplace.models.organizations import Agency, Buyer, Membership, Organization
from marketplace.models.parameters import Parameter, RulebookVersion
from marketplace.models.qualifications import Practitioner, Qualification
from marketplace.models.sequences import Sequence
from marketplace.models.users import User

__all__ = [
    "Agency",
    "AppendOnlyError",
    "AppendOnlyModel",
    "ApprovalDeliverable",
    "AuditEntry",
    "Buyer",
    "CalendarDay",
    "ClockOffset",
    "Division",
    "Document",
    "Effect",
    "Invitation",
    "Membership",
    "Message",
    "Organization",
    "Parameter",
    "Practitioner",
    "Qualification",
    "RulebookVersion",
    "Sequence",
    "ServiceClass",
    "ServiceItem",
    "User",
]
