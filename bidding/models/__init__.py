"""The models of bidding."""

from bidding.models.amendment import Amendment, AmendmentQuerySet
from bidding.models.award import Award, AwardQuerySet, Selection
from bidding.models.bid import Bid, BidQuerySet, Offer, OpenedOffer
from bidding.models.choice import Choice
from bidding.models.contract import ConductFact, Contract, ContractUpload, Deliverable
from bidding.models.dispute import (
    Dispute,
    DisputeKind,
    DisputeQuerySet,
    DisputeRecusal,
    Matter,
    Remedy,
    Suspension,
)
from bidding.models.evaluation import Evaluation
from bidding.models.expert import Expert, ExpertQuerySet, ExpertTie
from bidding.models.explanation import Explanation
from bidding.models.hall import Hall, Quote, Seat
from bidding.models.inspection import (
    USUAL_CHECKS,
    Inspection,
    InspectionDraw,
    InspectionPlan,
    InspectionPlanQuerySet,
    InspectionQuerySet,
    InspectionSeat,
)
from bidding.models.lots import LotGroup
from bidding.models.order_key import KeyShare, OrderKey, ShareGiven
from bidding.models.panel import ExpertPool, PanelDraw, PanelFailure, PanelSeat
from bidding.models.parts import (
    AvoidedAgency,
    Exemption,
    OrderTemplate,
    TenderPaper,
    Witness,
    copy_parts,
)
from bidding.models.plan import OpenedPlan
from bidding.models.public_value import PublicValue
from bidding.models.pushed import PushedProject, PushedProjectQuerySet
from bidding.models.question import Question, QuestionQuerySet
from bidding.models.report import Report
from bidding.models.requirement_check import RequirementCheck
from bidding.models.seal import BidList, Seal, SealReveal
from bidding.models.tally import Rank, Reckoning, Tally
from bidding.models.tender import Tender
from bidding.models.tender_queries import TenderQuerySet

__all__ = [
    "USUAL_CHECKS",
    "Amendment",
    "AmendmentQuerySet",
    "AvoidedAgency",
    "Award",
    "AwardQuerySet",
    "Bid",
    "BidList",
    "BidQuerySet",
    "Choice",
    "ConductFact",
    "Contract",
    "ContractUpload",
    "Deliverable",
    "Dispute",
    "DisputeKind",
    "DisputeQuerySet",
    "DisputeRecusal",
    "Evaluation",
    "Exemption",
    "Expert",
    "ExpertPool",
    "ExpertQuerySet",
    "ExpertTie",
    "Explanation",
    "Hall",
    "Inspection",
    "InspectionDraw",
    "InspectionPlan",
    "InspectionPlanQuerySet",
    "InspectionQuerySet",
    "InspectionSeat",
    "KeyShare",
    "LotGroup",
    "Matter",
    "Offer",
    "OpenedOffer",
    "OpenedPlan",
    "OrderKey",
    "OrderTemplate",
    "PanelDraw",
    "PanelFailure",
    "PanelSeat",
    "PublicValue",
    "PushedProject",
    "PushedProjectQuerySet",
    "Question",
    "QuestionQuerySet",
    "Quote",
    "Rank",
    "Reckoning",
    "Remedy",
    "Report",
    "RequirementCheck",
    "Seal",
    "SealReveal",
    "Seat",
    "Selection",
    "ShareGiven",
    "Suspension",
    "Tally",
    "Tender",
    "TenderPaper",
    "TenderQuerySet",
    "Witness",
    "copy_parts",
]
