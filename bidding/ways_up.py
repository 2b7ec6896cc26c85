"""What bidding gives to the apps below it."""

from bidding import effects, invariants, public, rules, schedule
from bidding.actions.shares import missing_keys
from bidding.guards import exits, identities
from bidding.pages import citations, disputes, queues, reports, workbench
from bidding.pages.reach import reached
from bidding.pages.rules import touched_orders
from credit.effects import (
    MATTER_FINDERS,
    RESTRICTION_DISCLOSURES,
    RESTRICTION_EFFECTS,
    RESTRICTION_REACHES,
)
from marketplace.kernel.citations import CITATIONS
from marketplace.kernel.due import DUE_WORK
from marketplace.kernel.invariants import INVARIANTS
from marketplace.kernel.public_triggers import PUBLIC_TABLES
from marketplace.kernel.rules import RULES
from marketplace.questions import EXIT_GUARDS, IDENTITY_GUARDS, LACKS, RULE_REACHES
from marketplace.web.queues import QUEUES
from marketplace.web.workbench import ASIDES, NAV, TODOS

WAYS_UP = (
    RULES.answer(*rules.RULES),
    RULE_REACHES.answer(touched_orders),
    RESTRICTION_EFFECTS.answer(effects.end_standing_bids),
    RESTRICTION_REACHES.answer(reached),
    RESTRICTION_DISCLOSURES.answer(effects.count_disclosed_ends),
    MATTER_FINDERS.answer(effects.find_matter),
    LACKS.answer(missing_keys),
    EXIT_GUARDS.answer(exits.may_leave),
    IDENTITY_GUARDS.answer(identities.may_change_identity),
    DUE_WORK.answer(schedule.due_work),
    INVARIANTS.answer(*invariants.INVARIANTS),
    CITATIONS.answer(citations.cited),
    PUBLIC_TABLES.answer(*public.TABLES),
    QUEUES.answer(queues.HANDLED, disputes.HANDLED, reports.HANDLED),
    NAV.answer(workbench.nav),
    TODOS.answer(workbench.todos),
    ASIDES.answer(workbench.asides),
)
