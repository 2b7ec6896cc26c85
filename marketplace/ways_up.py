"""What marketplace itself gives to what its lower layers ask of every app."""

from marketplace import handlers, invariants, pages, public, rules, schedule
from marketplace.guards.documents import UPLOAD_FILES, UPLOAD_SIZE
from marketplace.kernel.citations import CITATIONS
from marketplace.kernel.due import DUE_WORK
from marketplace.kernel.effects import EFFECT_HANDLERS, EffectHandler
from marketplace.kernel.invariants import INVARIANTS
from marketplace.kernel.public_triggers import PUBLIC_TABLES
from marketplace.kernel.rules import RULES
from marketplace.pages import citations, queues
from marketplace.web.queues import QUEUES
from marketplace.web.workbench import ASIDES, NAV, TODOS

WAYS_UP = (
    RULES.answer(*rules.RULES, UPLOAD_SIZE, UPLOAD_FILES),
    EFFECT_HANDLERS.answer(
        EffectHandler("email", handlers.send_message_email, is_external=True),
    ),
    DUE_WORK.answer(schedule.due_work),
    INVARIANTS.answer(*invariants.INVARIANTS),
    CITATIONS.answer(citations.cited),
    PUBLIC_TABLES.answer(*public.TABLES),
    QUEUES.answer(*queues.HANDLED),
    NAV.answer(pages.nav),
    TODOS.answer(pages.todos),
    ASIDES.answer(pages.asides),
)
