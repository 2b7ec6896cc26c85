"""A developer's machine and the demo: embedded parts, plain http."""

from marketplace.project.settings.base import *
from marketplace.project.settings.base import env

DEBUG = env.bool("DEBUG", default=False)
