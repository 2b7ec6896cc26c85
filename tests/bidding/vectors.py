"""
The published vectors of the draw: good evidence, and forgeries as changes to it.

GOOD is of version 1, GOOD_2 of 2, GOOD_3 of 3, GOOD_4 of 4; a vector of `forged` counts among its
version.
"""

import copy
import json
from pathlib import Path

from bidding.selection.evidence import digest_of

VECTORS = json.loads((Path(__file__).parent / "draw_vectors.json").read_text(encoding="utf-8"))
VECTORS_2 = json.loads((Path(__file__).parent / "evidence_2_vectors.json").read_text("utf-8"))
VECTORS_3 = json.loads((Path(__file__).parent / "evidence_3_vectors.json").read_text("utf-8"))
VECTORS_4 = json.loads((Path(__file__).parent / "evidence_4_vectors.json").read_text("utf-8"))
GOOD = [vector["evidence"] for vector in VECTORS["evidence"]]
GOOD_2 = [vector["evidence"] for vector in VECTORS_2["evidence"]]
GOOD_3 = [vector["evidence"] for vector in VECTORS_3["evidence"]]
GOOD_4 = [vector["evidence"] for vector in VECTORS_4["evidence"]]
PUBLISHED = [
    *VECTORS["evidence"],
    *VECTORS_2["evidence"],
    *VECTORS_3["evidence"],
    *VECTORS_4["evidence"],
]
ALL = [*GOOD, *GOOD_2, *GOOD_3, *GOOD_4]
FORGED = [
    *VECTORS["forged"],
    *({**one, "of": one["of"] + len(GOOD)} for one in VECTORS_2["forged"]),
    *({**one, "of": one["of"] + len(GOOD) + len(GOOD_2)} for one in VECTORS_3["forged"]),
    *({**one, "of": one["of"] + len(ALL) - len(GOOD_4)} for one in VECTORS_4["forged"]),
]


def changed(evidence, *changes, reseal):
    """Return a copy with the value at each path replaced, closed again when `reseal`."""
    copied = copy.deepcopy(evidence)
    for path, value in changes:
        holder = copied
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value
    if reseal:
        copied["digest"] = digest_of(copied)
    return copied


def forged(vector):
    """Return the evidence that a vector of `forged` describes."""
    return changed(ALL[vector["of"]], *vector["changes"], reseal=vector["is_resealed"])


def parts(value, path=()):
    """Yield the path and value of every part of `value`, itself first."""
    yield path, value
    match value:
        case dict():
            steps = list(value.items())
        case list():
            steps = list(enumerate(value))
        case _:
            steps = []
    for step, part in steps:
        yield from parts(part, (*path, step))
