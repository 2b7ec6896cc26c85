"""What search gives to the apps below it."""

from marketplace.kernel.effects import EFFECT_HANDLERS, EffectHandler
from search.indexing import index_entry

WAYS_UP = (EFFECT_HANDLERS.answer(EffectHandler("index", index_entry, is_external=True)),)
