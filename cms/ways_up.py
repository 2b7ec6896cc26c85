"""What cms gives to the apps below it."""

from cms.pages import workbench
from marketplace.web.workbench import PERSONAL

WAYS_UP = (PERSONAL.answer(workbench.editors_desk),)
