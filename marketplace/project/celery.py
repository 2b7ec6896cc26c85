"""The Celery application; the tasks are found in every installed app."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES["filesystem"] = "marketplace.project.folder_queue:Transport"

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.project.settings.dev")

app = Celery("marketplace")
app.config_from_object("django.conf:settings", namespace="CELERY")

app.autodiscover_tasks(related_name="schedule")
app.autodiscover_tasks(["marketplace.kernel"], related_name="effects")
