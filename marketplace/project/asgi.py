"""The application that granian serves: the pages on threads, the streams beside them."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")
streaming = get_asgi_application()

from django.conf import settings  # noqa: E402 - the settings are named above
from django.utils.module_loading import import_string  # noqa: E402 - as above

from marketplace.project.bodies import Limits  # noqa: E402 - as above
from marketplace.project.pages import Pages  # noqa: E402 - as above
from marketplace.project.server import Server, parted  # noqa: E402 - as above
from marketplace.project.wsgi import application as pages  # noqa: E402 - as above

application = Server(
    Pages(pages, threads=settings.SERVER_THREADS),
    parted(
        {prefix: import_string(path) for prefix, path in settings.STREAM_APPLICATIONS.items()},
        otherwise=streaming,
    ),
    streams=(settings.STREAMS_PREFIX,),
    limits=Limits(
        most=settings.BODY_MAX_BYTES,
        seconds=settings.BODY_SECONDS,
        rate=settings.BODY_BYTES_PER_SECOND,
    ),
)
