"""Sessions in the database, each read by a statement that is made once."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from marketplace.kernel.statements import statement


class SessionStore(db.SessionStore):
    """Django's sessions in the database; every request of somebody signed in reads one."""

    def _get_session_from_db(self) -> Session | None:
        # a session ends by the real clock, wherever the demo's stands
        found = _session.one(self.session_key or "", timezone.now())  # noqa: TID251 - the real clock
        if found is None:
            self._session_key = None
        return found


@statement
def _session(key: str, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)
