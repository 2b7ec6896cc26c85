"""What cms gives to the apps below it."""

from bidding.pages.items import ITEM_SECTIONS
from cms import public
from cms.actions.items import keep_all_in_step, keep_in_step
from cms.pages import workbench
from cms.pages.help import help_beside
from cms.pages.items import guidance_of
from marketplace.actions.catalogue import CATALOGUE
from marketplace.kernel.effects import EFFECT_HANDLERS, EffectHandler
from marketplace.kernel.public_triggers import PUBLIC_TABLES
from marketplace.web.form_help import FORM_HELP
from marketplace.web.pages_kept import PUBLIC_PLACES
from marketplace.web.workbench import NAV, PERSONAL

WAYS_UP = (
    PERSONAL.answer(workbench.editors_desk),
    NAV.answer(workbench.posts_nav),
    PUBLIC_TABLES.answer(*public.TABLES),
    PUBLIC_PLACES.answer(public.is_edited),
    ITEM_SECTIONS.answer(guidance_of),
    FORM_HELP.answer(help_beside),
    EFFECT_HANDLERS.answer(EffectHandler(CATALOGUE, keep_in_step, run_all=keep_all_in_step)),
)
