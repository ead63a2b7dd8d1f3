"""Where the texts of the help lie: one topic a file, in Markdown."""

from collections.abc import Mapping
from pathlib import Path

# The texts are in the language that the protocol's texts are in.
_LANGUAGE = "en"


def help_folder(resources: Path) -> Path:
    """The folder of the topics; names of pictures and links in them begin here."""
    return resources / "help" / _LANGUAGE


def help_texts(resources: Path) -> Mapping[str, str]:
    """The text of each topic by its key."""
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(help_folder(resources).glob("*.md"))}
