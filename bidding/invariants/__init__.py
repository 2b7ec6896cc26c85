"""What holds at rest of orders, whoever was killed meanwhile: seals, bids, openings, results."""

from bidding.invariants import bids, halls, openings, results, seals

INVARIANTS = (
    *seals.INVARIANTS,
    *bids.INVARIANTS,
    *openings.INVARIANTS,
    *halls.INVARIANTS,
    *results.INVARIANTS,
)
