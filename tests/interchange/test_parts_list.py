"""The list of parts as the build writes it, read for the About page."""

import json

import pytest

from nurse_app.interchange.parts_list import Part, read_parts


def listed(*components: dict[str, object]) -> str:
    return json.dumps({"bomFormat": "CycloneDX", "components": list(components)})


MISFITS: tuple[tuple[str, object], ...] = (("licenses", [{}]), ("properties", ["y"]), ("components", [1]))


def component(name: str, **more: object) -> dict[str, object]:
    return {"type": "library", "name": name, **more}


def test_a_part_with_all_that_is_said_of_it() -> None:
    (part,) = read_parts(
        listed(
            component(
                "GLib",
                version="2.74",
                copyright="somebody",
                licenses=[{"license": {"id": "LGPL-2.1-or-later", "acknowledgement": "declared"}}],
                properties=[
                    {"name": "nurse-app:licence-text", "value": "licences/a.txt"},
                    {"name": "nurse-app:licence-text", "value": "licences/b.txt"},
                    {"name": "nurse-app:debian-source", "value": "glib2.0 2.74-6"},
                    {"name": "nurse-app:modules", "value": "3"},
                ],
            )
        )
    )
    texts = ("licences/a.txt", "licences/b.txt")
    assert part == Part("GLib", "2.74", "LGPL-2.1-or-later", texts, "somebody", source="glib2.0 2.74-6")


@pytest.mark.parametrize(
    ("licences", "words"),
    [
        ([], ""),
        ([{"expression": "MIT OR Zlib"}], "MIT OR Zlib"),
        ([{"license": {"name": "Public domain"}}], "Public domain"),
        ([{"license": {"id": "MIT"}}, {"license": {"id": "Zlib"}}], "MIT, Zlib"),
    ],
)
def test_the_licence_as_it_is_stated(licences: list[object], words: str) -> None:
    (part,) = read_parts(listed(component("x", licenses=licences)))
    assert part.licence == words


def test_what_is_compiled_in_follows_its_part_and_files_are_left_out() -> None:
    file = {"type": "file", "name": "libQt6Core.so.6"}
    qt = component("Qt", version="6.11.3", components=[file, component("PCRE2"), component("zlib")])
    parts = read_parts(listed(qt, component("tinydb")))
    assert [(part.name, part.inside) for part in parts] == [("Qt", ""), ("PCRE2", "Qt"), ("zlib", "Qt"), ("tinydb", "")]


@pytest.mark.parametrize(
    "text",
    ["", "no list", "[]", "{}", '{"components": 7}', '{"components": [7]}', listed({"type": "library"}),
     *(listed(component("x", **{name: value})) for name, value in MISFITS)],
)  # fmt: skip
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_parts(text)
