"""The models of bidding."""

from bidding.models.award import Award, Selection
from bidding.models.bid import Bid, Offer
from bidding.models.contract import ConductFact, Contract, ContractUpload, Deliverable
from bidding.models.evaluation import Evaluation
from bidding.models.tender import Seal, SealReveal, Tender

__all__ = [
    "Award",
    "Bid",
    "ConductFact",
    "Contract",
    "ContractUpload",
    "Deliverable",
    "Evaluation",
    "Offer",
    "Seal",
    "SealReveal",
    "Selection",
    "Tender",
]
