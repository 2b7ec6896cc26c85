"""Public names of rows that nobody can guess or count."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12


def random_slug() -> str:
    """Return 12 characters (about 58 bits) without look-alikes."""
    return "".join(secrets.choice(ALPHABET) for _position in range(LENGTH))


def slug_from(seed: bytes) -> str:
    """Return the slug that `seed`, of `LENGTH` bytes at least, stands for."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in seed[:LENGTH])


class SlugModel(models.Model):
    """Base of every model with an address of its own."""

    slug = models.CharField(
        _("标识"), max_length=LENGTH, unique=True, default=random_slug, editable=False
    )

    class Meta:
        abstract = True
