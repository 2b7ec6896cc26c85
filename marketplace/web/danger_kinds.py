"""Why a file is not stored although it is of a kind that may be. Pure."""

from enum import StrEnum


class Danger(StrEnum):
    """What a stored file may not carry."""

    MACROS = "macros"
    REMOTE = "remote"
    PROGRAM = "program"
    SCRIPT = "script"
    OPAQUE = "opaque"
    """Encrypted, or packed in a way that nobody can look through."""
    PATH = "path"
    """A zip would be unpacked beyond its folder."""
    TOO_MUCH = "too much"
    """It unpacks to far too much, or a zip holds too many files, or one that is too large."""
    NESTED = "nested"
    """A zip in a zip."""
    FOREIGN = "foreign"
    """A zip holds a file of a kind that is not stored."""
    MISNAMED = "misnamed"
    """A zip holds a file whose name is of another kind."""
    VIRUS = "virus"
    UNSCANNED = "unscanned"
    """The scanner does not answer."""
