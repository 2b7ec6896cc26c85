"""What a server process holds of the memory when all pages have been asked for."""

from __future__ import annotations

import re
from collections import deque
from importlib.metadata import packages_distributions

from bench.sites import CHECKOUT, Site, served

MOST = 60
"""Pages that each reader asks for."""
LINK = re.compile(r'href="(/[^"#]*)"')
NOT_ASKED = ("/static/", "/accounts/logout", "/cms/", "/workbench/switch", "/documents/")
READERS = ("", "zhice", "gucheng", "zhanggong1", "jiangxi1", "jianguan1")


LOCKED = re.compile(r"^([\w.-]+)==", re.MULTILINE)


def tools() -> list[str]:
    """Return the modules that are installed here for development alone."""
    locked = LOCKED.findall((CHECKOUT / "requirements.lock").read_text(encoding="utf-8"))
    own = {re.sub("[-_.]+", "-", name).lower() for name in locked}
    return sorted(
        module
        for module, packages in packages_distributions().items()
        if own.isdisjoint(re.sub("[-_.]+", "-", name).lower() for name in packages)
    )


def measure(site: Site) -> dict[str, float]:
    """Follow the links of all readers through one server process; return pages and megabytes."""
    cookies = {who: f"sessionid={site.session_of(who)}" if who else "" for who in READERS}
    hiding, hidden = str(CHECKOUT / "bench" / "installed"), ",".join(tools())
    with served(site, DEMO="1", PYTHONPATH=hiding, HIDDEN_MODULES=hidden) as server:
        started = server.megabytes()
        count = 0
        for cookie in cookies.values():
            asked, waiting, left = {"/", "/workbench/"}, deque(["/", "/workbench/"]), MOST
            while waiting and left:
                path = waiting.popleft()
                _status, body = server.get(path, cookie)
                count, left = count + 1, left - 1
                for found in LINK.findall(body.decode(errors="replace")):
                    address = found.replace("&amp;", "&")
                    if address not in asked and not address.startswith(NOT_ASKED):
                        asked.add(address)
                        waiting.append(address)
        return {"pages": count, "at_start": started, "after": server.megabytes()}
