"""Interface words: translated when there is a sound catalogue, English in every other case."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from nurse_app import i18n
from nurse_app.i18n import N_, _, ngettext

HEAD = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
PLURAL = ("{n} check left", "{n} checks left")


def catalogue(sentences: dict[str, str]) -> bytes:
    """A gettext catalogue as msgfmt makes it: two sorted tables of lengths and places, then the texts."""
    pairs = [(source.encode(), text.encode()) for source, text in sorted({"": HEAD, **sentences}.items())]
    count = len(pairs)
    texts = [text for side in zip(*pairs, strict=True) for text in side]
    place = 28 + 16 * count
    table = b""
    for text in texts:
        table += struct.pack("<II", len(text), place)
        place += len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return head + table + b"".join(text + b"\0" for text in texts)


def install(resources: Path, content: bytes, language: str = "de") -> bool:
    folder = resources / "i18n" / language / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "nurse_app.mo").write_bytes(content)
    return i18n.install(resources, language)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    i18n.uninstall()


def test_without_a_catalogue_the_source_is_spoken() -> None:
    assert _("Start the infusion") == "Start the infusion"
    assert [ngettext(*PLURAL, n) for n in (0, 1, 2)] == [PLURAL[1], PLURAL[0], PLURAL[1]]


def test_a_sentence_is_translated(tmp_path: Path) -> None:
    assert install(tmp_path, catalogue({"Start the infusion": "Infusion starten"}))

    assert _("Start the infusion") == "Infusion starten"


def test_a_sentence_that_is_not_in_the_catalogue_stays_english(tmp_path: Path) -> None:
    install(tmp_path, catalogue({}))

    assert _("Start the infusion") == "Start the infusion"
    assert ngettext(*PLURAL, 1) == PLURAL[0]


def test_an_empty_sentence_stays_empty(tmp_path: Path) -> None:
    install(tmp_path, catalogue({}))

    assert _("") == ""


def test_numbers_choose_their_form(tmp_path: Path) -> None:
    install(tmp_path, catalogue({"\0".join(PLURAL): "noch {n} Kontrolle\0noch {n} Kontrollen"}))

    assert [ngettext(*PLURAL, n).format(n=n) for n in (1, 2)] == ["noch 1 Kontrolle", "noch 2 Kontrollen"]


@pytest.mark.parametrize(
    "translation",
    ["bis {uhr}", "bis gleich", "bis {at} {extra}", "bis {at", "bis {}", "bis {at!r}", "bis {at:x}", "bis {at.tzinfo}"],
)
def test_a_translation_with_other_placeholders_is_not_used(tmp_path: Path, translation: str) -> None:
    install(tmp_path, catalogue({"until {at}": translation}))

    assert [_("until {at}"), _("until {at}")] == ["until {at}", "until {at}"]


@pytest.mark.parametrize("translation", ["{at} ist das Ende", "{at}, ja {at}"])
def test_placeholders_may_move_and_come_twice(tmp_path: Path, translation: str) -> None:
    install(tmp_path, catalogue({"until {at}": translation}))

    assert _("until {at}") == translation


def test_a_plural_may_have_the_placeholders_of_either_source(tmp_path: Path) -> None:
    source = ("one check left", "{n} checks left")
    install(tmp_path, catalogue({"\0".join(source): "noch {n} Kontrolle\0noch {n} Kontrollen"}))

    assert ngettext(*source, 1) == "noch {n} Kontrolle"


def test_a_plural_with_other_placeholders_is_not_used(tmp_path: Path) -> None:
    install(tmp_path, catalogue({"\0".join(PLURAL): "noch {n} Kontrolle\0noch {m} Kontrollen"}))

    assert [ngettext(*PLURAL, n) for n in (1, 2)] == ["noch {n} Kontrolle", PLURAL[1]]


SOUND = catalogue({"Start the infusion": "Infusion starten"})
BAD_PLURAL = SOUND.replace(b"plural=(n != 1)", b"plural=(n != q)")


@pytest.mark.parametrize(
    "content",
    [b"", b"no catalogue", SOUND[:20], SOUND[:60], SOUND.replace(b"starten", b"start\xff\xff"), BAD_PLURAL],
    ids=["empty", "something else", "cut in the head", "cut in the table", "not UTF-8", "no plural rule"],
)
def test_a_damaged_catalogue_leaves_english(tmp_path: Path, content: bytes) -> None:
    assert not install(tmp_path, content)

    assert _("Start the infusion") == "Start the infusion"


def test_a_language_without_a_catalogue_leaves_english_and_ends_the_one_before(tmp_path: Path) -> None:
    install(tmp_path, SOUND)

    assert not i18n.install(tmp_path, "fr")
    assert _("Start the infusion") == "Start the infusion"


@pytest.mark.parametrize("language", ["", "../de", "de/../de", "DE", "german"])
def test_a_language_is_a_code_and_no_path(tmp_path: Path, language: str) -> None:
    install(tmp_path, SOUND)

    assert not i18n.install(tmp_path, language)


def test_a_code_may_name_a_country(tmp_path: Path) -> None:
    assert install(tmp_path, SOUND, "pt_BR")


def test_a_marked_sentence_is_not_translated_where_it_is_marked(tmp_path: Path) -> None:
    install(tmp_path, SOUND)

    assert N_("Start the infusion") == "Start the infusion"
    assert _(N_("Start the infusion")) == "Infusion starten"
