"""What all factories of rows have in common: what a row costs, for nearly every test makes some."""

from __future__ import annotations

from typing import Any, TypeVar

import factory
from django.db.models import AutoField, Model
from django.db.models.signals import post_save, pre_save  # noqa: TID251 - asked, not connected
from factory.builder import Resolver

from marketplace.kernel.inserts import insert
from marketplace.kernel.models.append_only import AppendOnlyModel

Row = TypeVar("Row", bound=Model)
PLAIN = (Model.save, AppendOnlyModel.save)
_attribute_of = Resolver.__getattr__


class RowFactory(factory.django.DjangoModelFactory[Row]):
    """Stores by a statement that is made once, where to save a row means to store it."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        if args or not is_plain(model_class) or {"pk", "id"} & kwargs.keys():
            return super()._create(model_class, *args, **kwargs)
        return insert(model_class(**kwargs))


def is_plain(model_class: type[Model]) -> bool:
    """Tell whether nobody listens when a row is saved, and its number comes from the database."""
    return (
        model_class.save in PLAIN
        and isinstance(model_class._meta.pk, AutoField)
        and not (pre_save.has_listeners(model_class) or post_save.has_listeners(model_class))
    )


def _attribute(self: Any, name: str) -> Any:
    """
    Return what a factory declares of `name`.

    Each trait that a test does not name is asked for as well, and factory_boy writes an error with
    all declarations in words for it.
    """
    known = vars(self)
    if name in known["_Resolver__declarations"] or name in known["_Resolver__values"]:
        return _attribute_of(self, name)
    raise AttributeError(name)


Resolver.__getattr__ = _attribute
