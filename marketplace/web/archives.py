"""What is in a zip of several files: their names as they were typed, and what may not be. Pure."""

from __future__ import annotations

import stat
import zipfile
from pathlib import PurePosixPath

MAX_MEMBERS = 200
UTF_8 = 0x800
ENCRYPTED = 0x1
# what systems put beside the files of people
BESIDE = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
BESIDE_FOLDER = "__MACOSX"
PARTS_OF_A_PACKAGE = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"})
"""A zip that holds one of these is a document or a program of its own kind."""


def files_in(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the members that are files."""
    return [member for member in archive.infolist() if not member.is_dir()]


def name_of(member: zipfile.ZipInfo) -> str:
    """Return the name as it was typed: in UTF-8, marked so or not, or in GBK as of Windows."""
    name = member.orig_filename
    if member.flag_bits & UTF_8:
        return name
    packed = name.encode("cp437")  # what zipfile has taken the bytes for
    try:
        return packed.decode()
    except UnicodeDecodeError:
        return packed.decode("gb18030", "replace")


def leaves_its_folder(member: zipfile.ZipInfo) -> bool:
    """Tell whether unpacking would write elsewhere, or name something that is no file."""
    name = name_of(member).replace("\\", "/")
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    path = PurePosixPath(name)
    is_elsewhere = path.is_absolute() or ".." in path.parts or ":" in name
    return is_link or is_elsewhere or not name.isprintable()


def is_beside(member: zipfile.ZipInfo) -> bool:
    """Tell whether a system has put the member there, and not a person."""
    path = PurePosixPath(name_of(member))
    return BESIDE_FOLDER in path.parts or path.name.casefold() in BESIDE


def is_of_files(archive: zipfile.ZipFile) -> bool:
    """Tell whether a zip holds files, and is not itself a document or a program."""
    return bool(files_in(archive)) and PARTS_OF_A_PACKAGE.isdisjoint(archive.namelist())
