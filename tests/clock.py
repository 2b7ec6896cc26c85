"""The one fixed moment of the tests: noon in Beijing on a working Tuesday."""

from datetime import datetime
from zoneinfo import ZoneInfo

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
