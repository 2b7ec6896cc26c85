"""What search gives to the apps below it."""

from marketplace.kernel.effects import EFFECT_HANDLERS, EffectHandler
from marketplace.kernel.public_triggers import PUBLIC_TABLES
from marketplace.web.words import WORDS
from marketplace.web.workbench import NAV
from search import public
from search.alerts import ALERT, send_alert
from search.indexing import index_entry, rebuilt_anew
from search.pages import terms
from search.words import keys_found

WAYS_UP = (
    EFFECT_HANDLERS.answer(
        EffectHandler("index", index_entry, is_external=True, run_all=rebuilt_anew)
    ),
    EFFECT_HANDLERS.answer(EffectHandler(ALERT, send_alert, is_external=True)),
    NAV.answer(terms.nav),
    WORDS.answer(keys_found),
    PUBLIC_TABLES.answer(*public.TABLES),
)
