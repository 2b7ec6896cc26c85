"""What readers call a field."""

from django.db import models


def label_of(model: models.Model | type[models.Model], name: str) -> str:
    """Return the Chinese name of the field `name`; of a relation from elsewhere, its own name."""
    return str(getattr(model._meta.get_field(name), "verbose_name", name))
