"""The list of everything in the built folder (CycloneDX), with the licence texts of every part.

python packaging/sbom.py FOLDER             puts the texts and the list into the folder (…/versions/<version>)
python packaging/sbom.py --check FOLDER     compares the folder with its list: what is missing, changed or too much
Runs in the Python that the folder was built with. SOURCE_DATE_EPOCH: the time that the list names.
"""

import argparse
import importlib
import json
import os
import shutil
import sys
import sysconfig
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.model.lifecycle import LifecyclePhase, PredefinedLifecycle
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from built_files import (
    INNER,
    LIST_FILE,
    LOCK,
    NOT_LISTED,
    OWN,
    PROGRAMS,
    PYINSTALLER,
    RESOURCES,
    Account,
    BuiltFile,
    Surroundings,
    UnaccountedError,
    owner_of,
    read_lock,
    sha256_of,
    strangers,
    this_machine,
    top_packages,
)
from parts import Part, PartList

FORM = SchemaVersion.V1_6
# Names of our own properties, as CycloneDX wants them: with a name before the colon.
TEXT, FROM, LOCKED, MODULES, SOURCE = (
    f"nurse-app:{name}" for name in ("licence-text", "from", "locked-sha256", "modules", "debian-source")
)
# What the program promises not to have. Python's "socket" alone is there: logging.handlers and multiprocessing name it.
NETWORK_MODULES = (
    "_ssl", "asyncio", "ftplib", "http.client", "http.server", "imaplib", "nntplib", "poplib", "smtplib", "ssl",
    "socketserver", "telnetlib", "urllib.request", "webbrowser", "wsgiref", "xmlrpc.client", "PySide6.QtNetwork",
)  # fmt: skip


def modules_of(program: Path) -> list[str]:
    """The modules in the archive that PyInstaller appended to the executable."""
    readers = importlib.import_module("PyInstaller.archive.readers")
    archive = readers.CArchiveReader(str(program))
    embedded = [name for name, entry in archive.toc.items() if entry[-1] == readers.PKG_ITEM_PYZ]
    inside = [name for each in embedded for name in archive.open_embedded_archive(each).toc]
    scripts = [name for name, entry in archive.toc.items() if entry[-1] in (readers.PKG_ITEM_PYSOURCE, "m", "M")]
    return [*inside, *scripts]


def programs_of(folder: Path) -> list[Path]:
    """The executables in the folder. Raises UnaccountedError when there is none."""
    found = [file for file in sorted(folder.iterdir()) if file.is_file() and file.stem in PROGRAMS]
    if not found:
        message = f"{folder} holds no {OWN}: give the folder of one version, with {INNER} in it"
        raise UnaccountedError(message)
    return found


class SupplyChain:
    """What is known of one built folder. Raises UnaccountedError where something in it is nobody's."""

    def __init__(self, folder: Path, around: Surroundings) -> None:
        self.folder = folder
        lock = read_lock(LOCK.read_text(encoding="utf-8"))
        self._account = Account(folder, around, lock)
        owners = top_packages(self._account.distributions)
        modules = sorted({module for program in programs_of(folder) for module in modules_of(program)})
        reaching = sorted(set(modules) & set(NETWORK_MODULES))
        if reaching:
            raise UnaccountedError("\n".join(f"{name}: a module for networks has no place here" for name in reaching))
        unknown = strangers(modules, owners)
        if unknown:
            raise UnaccountedError("\n".join(f"{name}: a module of no locked library" for name in unknown))
        counted = Counter(owner_of(module, owners) for module in modules)
        # Its loader starts the program even where none of its modules were counted.
        counted[PYINSTALLER] += 0
        self.modules = counted
        self._list = PartList(folder / RESOURCES, around, self._account.distributions, lock)

    def place_licences(self) -> int:
        """Copy the text of every part's licence into the folder; how many there are."""
        texts = {name: file for part in self.parts(self.files()) for name, file in part.texts.items()}
        for name, file in texts.items():
            target = self.folder / RESOURCES / name
            if target.resolve() != file.resolve():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
        return len(texts)

    def files(self) -> list[BuiltFile]:
        """Every file of the folder with its part."""
        return self._account.files()

    def parts(self, files: Sequence[BuiltFile]) -> list[Part]:
        """Every part but our own."""
        return self._list.parts(files, self.modules)


def make_sbom(folder: Path, version: str, made_at: int, around: Surroundings | None = None) -> bytes:
    """The list of a built folder as CycloneDX JSON, the same for the same folder.

    ``folder`` holds the executable and _internal; ``made_at``: seconds since 1970 of the state of the sources. Raises
    UnaccountedError with a line for every file or module that is nobody's, and for a licence without its text.
    """
    chain = SupplyChain(folder, around or this_machine(Path(sysconfig.get_path("purelib"))))
    files = chain.files()
    parts = chain.parts(files)
    components = _components(parts, files)
    program = _component(_own(version, chain.modules[OWN]), [file for file in files if file.part == OWN])
    metadata = BomMetaData(
        component=program,
        timestamp=datetime.fromtimestamp(made_at, UTC),
        lifecycles=[PredefinedLifecycle(phase=LifecyclePhase.BUILD)],
    )
    bom = Bom(components=components, metadata=metadata, serial_number=uuid5(NAMESPACE_URL, _content(parts, files)))
    bom.register_dependency(program, components)
    text = str(make_outputter(bom, OutputFormat.JSON, FORM).output_as_string(indent=1))
    invalid = JsonStrictValidator(FORM).validate_str(text)
    if invalid is not None:
        message = f"the list is not valid CycloneDX {FORM.to_version()}: {invalid}"
        raise UnaccountedError(message)
    missing = [name for part in parts for name in part.texts if not (folder / RESOURCES / name).is_file()]
    if missing:
        raise UnaccountedError("\n".join(f"{name}: the text of a licence is not in the folder" for name in missing))
    return (text + "\n").encode("utf-8")


def _own(version: str, modules: int) -> Part:
    purl = f"pkg:generic/{OWN}@{version}"
    return Part(OWN, OWN, version, "Apache-2.0", {"licences/Apache-2.0.txt": LOCK}, purl=purl, modules=modules)


def _content(parts: Sequence[Part], files: Sequence[BuiltFile]) -> str:
    lines = [f"{file.sha256} {file.path} {file.part}" for file in files]
    lines += [f"{part.id} {part.version} {part.licence} {sorted(part.texts)}" for part in parts]
    return "\n".join(lines)


def _components(parts: Sequence[Part], files: Sequence[BuiltFile]) -> list[Component]:
    made = {part.id: _component(part, [file for file in files if file.part == part.id]) for part in parts}
    for part in parts:
        if part.inside:
            made[part.inside].components.add(made[part.id])
    return [made[part.id] for part in parts if not part.inside]


def _component(part: Part, files: Sequence[BuiltFile]) -> Component:
    named: list[DisjunctiveLicense | LicenseExpression] = []
    if part.licence or part.licence_name:
        made = LicenseFactory().make_from_string(part.licence) if part.licence else None
        named = [made or DisjunctiveLicense(name=part.licence_name)]
    facts = [(TEXT, name) for name in part.texts] + [(LOCKED, digest) for digest in part.hashes]
    facts += [(MODULES, str(part.modules))] if part.modules else []
    facts += [(SOURCE, part.source)] if part.source else []
    return Component(
        name=part.name,
        type=ComponentType.APPLICATION if part.id == OWN else ComponentType.LIBRARY,
        bom_ref=part.id,
        version=part.version or None,
        licenses=named,
        copyright=part.copyright or None,
        purl=PackageURL.from_string(part.purl) if part.purl else None,
        properties=[Property(name=name, value=value) for name, value in facts],
        components=[_file(file) for file in files],
    )


def _file(file: BuiltFile) -> Component:
    return Component(
        name=file.path,
        type=ComponentType.FILE,
        bom_ref=f"file:{file.path}",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=file.sha256)],
        properties=[] if file.part == OWN else [Property(name=FROM, value=f"{file.origin.source}: {file.origin.path}")],
    )


# --- the folder against its list ---


def listed_files(component: Mapping[str, Any]) -> dict[str, str]:
    """Path to SHA-256 of every file in a component of a list, or in the parts inside it."""
    found: dict[str, str] = {}
    for inner in component.get("components", ()):
        if inner["type"] == "file":
            found[inner["name"]] = inner["hashes"][0]["content"]
        else:
            found |= listed_files(inner)
    return found


def differences(folder: Path) -> list[str]:
    """How a folder differs from the list in it, a sentence each."""
    if not (folder / LIST_FILE).is_file():
        return [f"{LIST_FILE}: is missing"]
    document = json.loads((folder / LIST_FILE).read_text(encoding="utf-8"))
    listed = listed_files(document) | listed_files(document["metadata"]["component"])
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    places = {PurePosixPath(file.relative_to(folder).as_posix()): file for file in files}
    there = {str(place): file for place, file in places.items() if place not in NOT_LISTED}
    wrong = [f"{name}: is not in the list" for name in sorted(there.keys() - listed.keys())]
    wrong += [f"{name}: is in the list and not in the folder" for name in sorted(listed.keys() - there.keys())]
    same = sorted(there.keys() & listed.keys())
    return wrong + [f"{name}: is not what the list says" for name in same if sha256_of(there[name]) != listed[name]]


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder of one version: the executable and _internal")
    parser.add_argument("--check", action="store_true", help="compare the folder with the list that is in it")
    parser.add_argument("--version", default="", help="the program's version; by default the folder's name")
    parser.add_argument("--libraries", type=Path, default=Path(sysconfig.get_path("purelib")), help="site-packages")
    parser.add_argument("--python", type=Path, action="append", default=[], help="a folder with Python's own files")
    parser.add_argument("--python-version", default="", help="its version, where it is not this Python")
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """Do what is asked for. 0 when all is accounted for, else 1."""
    arguments = _arguments(words)
    folder: Path = arguments.folder.resolve()
    if arguments.check:
        wrong = differences(folder)
        print("\n".join(wrong) or f"{folder.name} is what its list says")
        return 1 if wrong else 0
    around = this_machine(arguments.libraries, arguments.python, arguments.python_version)
    made_at = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    try:
        texts = SupplyChain(folder, around).place_licences()
        content = make_sbom(folder, arguments.version or folder.name, made_at, around)
    except UnaccountedError as error:
        print(f"Not everything in the folder is accounted for:\n{error}", file=sys.stderr)
        return 1
    (folder / LIST_FILE).write_bytes(content)
    document = json.loads(content)
    inner = sum(each["type"] != "file" for part in document["components"] for each in part.get("components", ()))
    count = len(listed_files(document) | listed_files(document["metadata"]["component"]))
    print(
        f"{LIST_FILE.name}: {len(document['components'])} parts and {inner} inside them, {count} files, {texts} texts"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
