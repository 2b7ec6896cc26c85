"""What the log may not tell: before the opening nobody but the bidder knows of a bid."""

from __future__ import annotations

import logging
import re

from structlog.typing import EventDict

BID_PATH = re.compile(r"/tenders/[^/\s']+/bid/")
SEALED = "/tenders/…/bid/"
OF_THE_PERSON = ("user_id", "ip")


class SealBids(logging.Filter):
    """Drop what is said of a request for a bid; a failure stays, without order and person."""

    def filter(self, record: logging.LogRecord) -> bool:
        told = f"{record.msg} {record.args}"
        if not BID_PATH.search(told):
            return True
        if isinstance(record.msg, dict):
            kept = {key: value for key, value in record.msg.items() if key not in OF_THE_PERSON}
            record.msg = {key: _masked(value) for key, value in kept.items()}
        elif isinstance(record.args, tuple):
            record.args = tuple(_masked(value) for value in record.args)
        return record.levelno >= logging.ERROR


def unname_sealed(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Take the person off a line that was sealed: it is bound to every line of the request."""
    if any(SEALED in value for value in event.values() if isinstance(value, str)):
        return {key: value for key, value in event.items() if key not in OF_THE_PERSON}
    return event


def _masked(value: object) -> object:
    return BID_PATH.sub(SEALED, value) if isinstance(value, str) else value
