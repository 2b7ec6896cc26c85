"""What cms gives to the apps below it."""

from cms import public
from cms.pages import workbench
from marketplace.kernel.public_triggers import PUBLIC_TABLES
from marketplace.web.workbench import PERSONAL

WAYS_UP = (
    PERSONAL.answer(workbench.editors_desk),
    PUBLIC_TABLES.answer(*public.TABLES),
)
