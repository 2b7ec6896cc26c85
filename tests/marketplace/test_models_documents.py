"""A file lies under a name that says nothing, outside every public folder."""

from pathlib import PurePath

from django.conf import settings

from marketplace.models import Document
from marketplace.models.documents import private_storage, random_path


def test_a_path_says_nothing_of_the_file_and_is_never_the_same() -> None:
    document = Document(name="合同.pdf")

    first, second = random_path(document, "合同.pdf"), random_path(document, "合同.pdf")

    assert first != second
    folder, name = PurePath(first).parts
    assert name.startswith(folder)
    assert name.isascii()
    assert (len(folder), PurePath(first).suffix) == (2, "")


def test_files_lie_outside_every_folder_that_is_served() -> None:
    storage = private_storage()

    root = PurePath(storage.path(""))
    assert not root.is_relative_to(settings.STATIC_ROOT)
    assert not root.is_relative_to(settings.MEDIA_ROOT)
    assert Document._meta.get_field("file").storage == storage
