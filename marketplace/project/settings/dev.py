"""A developer's machine and the demo: embedded parts, plain http."""

from marketplace.project.settings.base import *
from marketplace.project.settings.base import env

# The demo and the measurements read everything from one address.
RATE_LIMITS = {}
DEBUG = env.bool("DEBUG", default=False)
