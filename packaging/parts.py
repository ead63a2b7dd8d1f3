"""The parts of the built folder: name, version, licence, and its texts, from their own files where they have any."""

import fnmatch
import re
import subprocess
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path, PurePosixPath
from typing import Any

from built_files import OWN, PYTHON, BuiltFile, Locked, Surroundings, UnaccountedError, known_parts

# Where the texts lie in the resources; those of the common licences come with the sources.
LICENCES = PurePosixPath("licences")
REPLACING = "replacing-qt.txt"
DEBIAN_TEXTS = Path("/usr/share/doc")
_LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
_TEXT_ENDINGS = {"", ".txt", ".md", ".rst"}
_WORD = re.compile(r"[A-Za-z0-9.+-]+")
_CONNECTIVES = {"AND", "OR", "WITH"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part. ``licence`` is an SPDX expression, or empty and ``licence_name`` says it in words.

    ``texts``: name below the resources to where the text is now. ``inside``: the id of the part it is compiled into.
    ``hashes`` are those of the wheels the lock file allows; ``modules`` how many modules lie in the program's archive.
    """

    id: str
    name: str
    version: str
    licence: str
    texts: Mapping[str, Path]
    licence_name: str = ""
    copyright: str = ""
    purl: str = ""
    inside: str = ""
    hashes: tuple[str, ...] = ()
    modules: int = 0
    source: str = ""


def words_of(expression: str) -> list[str]:
    """The licences of an SPDX expression as the texts are named: GPL-2.0-only as GPL-2.0."""
    found = [word for word in _WORD.findall(expression) if word not in _CONNECTIVES]
    return list(dict.fromkeys(re.sub(r"(-only|-or-later|\+)$", "", word) for word in found))


class PartList:
    """Makes the parts. ``resources``: the folder in the build that the texts lie in, or will."""

    def __init__(
        self,
        resources: Path,
        around: Surroundings,
        distributions: Mapping[str, Distribution],
        lock: Mapping[str, Locked],
    ) -> None:
        self._resources = resources
        self._around = around
        self._distributions = distributions
        self._lock = lock
        self._known = known_parts()

    def parts(self, files: Iterable[BuiltFile], modules: Mapping[str, int]) -> list[Part]:
        """Every part that has a file or a module in the folder, or is compiled into one that has; without our own."""
        names = {PurePosixPath(file.path).name for file in files}
        present = dict.fromkeys(file.part for file in files) | dict.fromkeys(modules)
        present.pop(OWN, None)
        found = [self._part(key, modules.get(key, 0)) for key in sorted(present)]
        ids = {part.id for part in found}
        inner = [
            self._listed(rule, rule["inside"], "")
            for rule in self._known["inner"]
            if rule["inside"] in ids and any(fnmatch.fnmatchcase(name, rule["file"]) for name in names)
        ]
        return found + inner

    def _part(self, key: str, modules: int) -> Part:
        if key in self._distributions:
            return self._of_distribution(key, self._distributions[key], modules)
        if key == PYTHON:
            return self._python(modules)
        if key.startswith("debian:"):
            return self._of_debian(key.removeprefix("debian:"))
        rule = next(rule for rule in self._known["part"] if rule["id"] == key)
        holder = self._distributions.get(rule["from"])
        return self._listed(rule, "", holder.version if holder else "")

    def _of_distribution(self, key: str, distribution: Distribution, modules: int) -> Part:
        meta = distribution.metadata
        stated = meta["License-Expression"] or meta["License"] or ""
        licence = self._known["override"].get(key) or stated
        own = {
            f"{LICENCES}/{key}/{_plain_place(file)}": Path(str(distribution.locate_file(file)))
            for file in distribution.files or ()
            if _LICENCE_FILE.search(file.name) and file.suffix in _TEXT_ENDINGS and "tests" not in file.parts
        }
        return Part(
            id=key,
            name=meta["Name"],
            version=distribution.version,
            licence=licence,
            texts=own | self._common(licence, (), needed=not own),
            purl=f"pkg:pypi/{key}@{distribution.version}",
            hashes=self._lock[key].hashes if key in self._lock else (),
            modules=modules,
        )

    def _python(self, modules: int) -> Part:
        version = self._around.python_version
        # The text is the same for each system; not every way to get Python brings it along.
        folders = (*self._around.python_folders, Path(sysconfig.get_path("stdlib")))
        found = [file for folder in folders for file in sorted(folder.glob("LICENSE*"))]
        if not found:
            raise UnaccountedError("Python's own licence is in none of its folders")
        return Part(
            id=PYTHON,
            name="Python",
            version=version,
            licence="PSF-2.0",
            texts={f"{LICENCES}/python/LICENSE.txt": found[0]},
            copyright="2001-2023 Python Software Foundation",
            purl=f"pkg:generic/python@{version}",
            modules=modules,
        )

    def _of_debian(self, package: str) -> Part:
        asked = "${Version}\\n${source:Package}\\n${source:Version}\\n${Architecture}"
        command = ["dpkg-query", "-W", f"-f={asked}", package]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        version, source, source_version, architecture = told.splitlines()[:4]
        licence = self._known["debian"].get(package, "")
        file = DEBIAN_TEXTS / package / "copyright"
        own = {f"{LICENCES}/debian-{package}/copyright.txt": file} if file.is_file() else {}
        return Part(
            id=f"debian:{package}",
            name=package,
            version=version,
            licence=licence,
            licence_name="" if licence else "As in the copyright file of the Debian package",
            texts=own | self._common(licence, (), needed=False),
            purl=f"pkg:deb/debian/{package}@{version.replace('+', '%2B')}?arch={architecture}",
            source=f"{source} {source_version}",
        )

    def _listed(self, rule: Mapping[str, Any], inside: str, version: str) -> Part:
        licence = rule.get("licence", "")
        given = tuple(rule.get("texts", ()))
        own: Mapping[str, Path] = {}
        if rule.get("texts_of") in self._distributions:
            own = self._of_distribution(rule["texts_of"], self._distributions[rule["texts_of"]], 0).texts
            own = {
                name: file for name, file in own.items() if name.startswith(f"{LICENCES}/{rule['texts_of']}/LICENSE")
            }
        return Part(
            id=rule["id"],
            name=rule["name"],
            version=rule.get("version", version),
            licence=licence,
            licence_name=rule.get("licence_name", ""),
            copyright=rule.get("copyright", ""),
            texts={**own, **self._common(licence, given, needed=bool(licence) and not (own or given))},
            inside=inside,
        )

    def _common(self, expression: str, given: tuple[str, ...], *, needed: bool) -> dict[str, Path]:
        """Texts that come with the sources: those named, and those of the licences of an expression."""
        replacing = (REPLACING,) if "LGPL" in expression else ()
        names = [*replacing, *given, *(f"{word}.txt" for word in words_of(expression))]
        # To apply the Lesser license one needs the general one.
        if "LGPL-3.0.txt" in names:
            names.append("GPL-3.0.txt")
        found: dict[str, Path] = {}
        for name in dict.fromkeys(names):
            place = _joined(LICENCES, name)
            file = self._resources / place
            if file.is_file():
                found[place] = file
            elif needed or name in given:
                message = f"{place} is missing: the text of a licence ({expression})"
                raise UnaccountedError(message)
        return found


def _plain_place(file: PurePosixPath) -> str:
    """Where a licence file lies in its own distribution, without the folder that every distribution has."""
    parts = [part for part in file.parts if not part.endswith(".dist-info")]
    return "/".join(parts[1:] if parts[0] == "licenses" else parts)


def _joined(folder: PurePosixPath, name: str) -> str:
    return "/".join((folder.parent / name[3:]).parts) if name.startswith("../") else str(folder / name)
