"""May an agency ask about an open order, and may its buyer still answer."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding import periods
from bidding.guards.agencies import agency_is_admitted, agency_is_not_the_buyer
from bidding.guards.bids import tender_is_not_suspended, tender_takes_bids
from bidding.models import Question, Tender
from bidding.rulebook import rules_for
from bidding.rules.notices import ANSWER_UNTIL, QUESTION_UNTIL, QUESTIONS_MOST
from marketplace.kernel.declarations import Rules
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.kernel.wording import in_words
from marketplace.models import Organization
from marketplace.names import name_key


@guard(_("提问在报名截止 %(period)s以前截止，现在不能再提问"), rule=QUESTION_UNTIL.key)
def questions_are_taken(tender: Tender, rules: Rules, at: datetime) -> bool | Because:
    """An order that takes no bids says so itself."""
    end = tender.tender_period_end
    if end is None or at < periods.questions_end(end, rules):
        return True
    return Because(period=in_words(rules[QUESTION_UNTIL]))


@guard(_("答复须在报名截止 %(period)s以前公开，现在不能再答复"), rule=ANSWER_UNTIL.key)
def answers_are_taken(tender: Tender, rules: Rules, at: datetime) -> bool | Because:
    end = tender.tender_period_end
    if end is None or at < periods.answers_end(end, rules):
        return True
    return Because(period=in_words(rules[ANSWER_UNTIL]))


@guard(_("每家机构对一项采购最多提问 %(most)s 次"), rule=QUESTIONS_MOST.key)
def agency_may_ask_once_more(count: int, rules: Rules) -> bool | Because:
    return True if count < rules[QUESTIONS_MOST] else Because(most=rules[QUESTIONS_MOST])


@guard(_("问题会公开，不公开是谁提问；请不要写出本单位的名称或者统一社会信用代码"), source=FORM)
def question_hides_its_asker(text: str, agency: Organization) -> bool:
    said = name_key(text)
    return not any(own and name_key(own) in said for own in (agency.name, agency.uscc))


@guard(_("这个问题已经答复过"))
def question_is_open(question: Question) -> bool:
    return question.answered_at is None


def may_ask(tender: Tender, agency: Organization, at: datetime) -> tuple[Verdict, ...]:
    """Ask all but the text that must hold before `agency` asks about `tender`."""
    rules = rules_for(tender, at)
    count = Question.objects.of(tender).by(agency).count()
    return (
        tender_takes_bids(tender, at),
        tender_is_not_suspended(tender),
        questions_are_taken(tender, rules, at),
        agency_is_admitted(agency),
        agency_is_not_the_buyer(tender, agency),
        agency_may_ask_once_more(count, rules),
    )


def may_answer(question: Question, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before a question is answered."""
    tender = question.tender
    return (
        question_is_open(question),
        tender_takes_bids(tender, at),
        tender_is_not_suspended(tender),
        answers_are_taken(tender, rules_for(tender, at), at),
    )
