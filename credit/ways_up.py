"""What credit gives to the app below it."""

from credit import invariants, measures, pages, public, rules, schedule
from credit.guards import exits
from credit.pages import citations
from marketplace.holdings import PRACTICE_BARS
from marketplace.kernel.citations import CITATIONS
from marketplace.kernel.due import DUE_WORK
from marketplace.kernel.invariants import INVARIANTS
from marketplace.kernel.public_triggers import PUBLIC_TABLES
from marketplace.kernel.rules import RULES
from marketplace.questions import EXIT_GUARDS, READMISSION_GUARDS, REPRESENTATIVE_SANCTIONS
from marketplace.web.workbench import ASIDES, NAV, TODOS

WAYS_UP = (
    RULES.answer(*rules.RULES),
    REPRESENTATIVE_SANCTIONS.answer(measures.sanctions_on_namesakes),
    PRACTICE_BARS.answer(measures.barred_from_practice),
    EXIT_GUARDS.answer(exits.may_leave),
    READMISSION_GUARDS.answer(exits.may_come_back),
    DUE_WORK.answer(schedule.due_work),
    INVARIANTS.answer(*invariants.INVARIANTS),
    CITATIONS.answer(citations.cited),
    PUBLIC_TABLES.answer(*public.TABLES),
    NAV.answer(pages.nav),
    TODOS.answer(pages.todos),
    ASIDES.answer(pages.asides),
)
