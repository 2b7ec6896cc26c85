"""
A puzzle that a browser solves before a form without an account is taken: no picture to read.

The challenge and its answer are in the form of ALTCHA, version 1; `altcha.js` solves it.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from altcha.v1 import ChallengeOptions, Payload, create_challenge, extract_params, verify_solution
from django.utils.crypto import salted_hmac

SALT = "marketplace.web.proof_of_work"
MOST = 60_000
"""Numbers that a browser tries at most: about a second on a telephone."""
HOLDS = timedelta(hours=2)
UNTIL = "until"
MAX_PAYLOAD = 1024


def _key() -> bytes:
    return salted_hmac(SALT, "altcha", algorithm="sha256").digest()


def new_challenge(at: datetime) -> str:
    """Return a challenge as JSON for the page; it can be solved until `HOLDS` later, once."""
    until = int((at + HOLDS).timestamp())
    options = ChallengeOptions(hmac_key=_key(), max_number=MOST, params={UNTIL: str(until)})
    return json.dumps(create_challenge(options).to_dict())


def solved_challenge(payload: str, at: datetime) -> str | None:
    """Return which challenge of ours `payload` solves at `at`; None for anything else."""
    if not payload or len(payload) > MAX_PAYLOAD:
        return None
    try:
        answer = Payload.from_base64(payload)
        is_solved, _error = verify_solution(answer, _key(), check_expires=False)
        until = int(extract_params(answer.to_dict())[UNTIL][0])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return answer.challenge if is_solved and at.timestamp() < until else None
