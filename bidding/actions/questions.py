"""Ask about an open order without being named, and answer for all to read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bidding import links
from bidding.actions.telling import tell, tell_bidders
from bidding.guards.questions import may_answer, may_ask, question_hides_its_asker
from bidding.guards.versions import order_as_seen
from bidding.models import Bid, Question, Tender
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.kernel.versions import Seen, version_of
from marketplace.models import Organization, User
from marketplace.web.versions import as_seen


@transaction.atomic
def ask_question(
    *,
    tender: Tender,
    agency: Organization,
    text: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Question:
    """
    Put a question about `tender`; its buyer reads it, not who asked.

    Raises:
        Refused: a guard in `may_ask` does not hold, or the text names the asker.
    """
    agency = Organization.objects.lock(agency.pk)
    tender = Tender.objects.lock_shared(tender.pk)
    require(*order_as_seen(tender, seen))
    require(*may_ask(tender, agency, at), question_hides_its_asker(text, agency))
    question = Question.objects.create(
        tender=tender, asker=agency, asked_by=by, asked_at=at, text=text
    )
    record(by=by, verb="question.asked", target=question, at=at, organization=agency)
    tell(
        organization=tender.buyer,
        tender=tender,
        kind="bidding/question_asked",
        at=at,
        url=links.to_question(question),
        question=question,
    )
    return question


@transaction.atomic
def answer_question(
    *, question: Question, answer: str, by: User, at: datetime, seen: str | None = None
) -> Question:
    """
    Answer a question for everybody; who asked and who has signed up are told, nobody is named.

    Raises:
        Refused: a guard in `may_answer` does not hold.
    """
    tender = Tender.objects.lock(question.tender_id)
    question = Question.objects.select_for_update().get(pk=question.pk)
    question.tender = tender
    require(*as_seen(version_of(Seen(question)), seen), *may_answer(question, at))
    question.give_answer(answer, by=by, at=at)
    question.save()
    record(by=by, verb="question.answered", target=question, at=at, organization=tender.buyer)
    tell_bidders(tender, kind="bidding/question_answered", at=at, question=question)
    if not _is_bidder(tender, question.asker_id):
        tell(
            organization=question.asker,
            tender=tender,
            kind="bidding/question_answered",
            at=at,
            url=links.to_tender(tender),
            question=question,
        )
    return question


def _is_bidder(tender: Tender, agency: int) -> bool:
    """Tell whether `tell_bidders` has told `agency`."""
    standing = Bid.objects.filter(tender=tender, agency=agency)
    is_named = tender.named_agency_id == agency
    return is_named or standing.exclude(status=Bid.Status.WITHDRAWN).exists()
