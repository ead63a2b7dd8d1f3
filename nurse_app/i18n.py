"""The words of the interface in the user's language: ``_``, ``ngettext`` and ``N_``. English is the source.

For programmers: mark whole sentences; placeholders are named and filled in afterwards, ``_("{n} left").format(n=n)``;
nothing is translated at import, a constant takes ``N_`` and is translated where it is shown.
For translators: keep every ``{placeholder}`` as it is; a translation that changes one is not used.
"""

import gettext as _gettext
import re
import struct
from pathlib import Path
from string import Formatter

_DOMAIN = "nurse_app"
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


class _Catalogue:
    """One language's sentences, each looked at once before it is believed."""

    def __init__(self, translations: _gettext.NullTranslations) -> None:
        self._translations = translations
        self._checked: dict[tuple[str, str], bool] = {}

    def singular(self, source: str) -> str:
        return self._fitting(self._translations.gettext(source), source)

    def plural(self, one: str, many: str, n: int) -> str:
        source = one if n == 1 else many
        return self._fitting(self._translations.ngettext(one, many, n), source, (one, many))

    def _fitting(self, translation: str, source: str, models: tuple[str, ...] = ()) -> str:
        key = (source, translation)
        if key not in self._checked:
            found = _placeholders(translation)
            self._checked[key] = found is not None and found in [_placeholders(each) for each in models or (source,)]
        return translation if self._checked[key] else source


def _placeholders(sentence: str) -> frozenset[tuple[str, str | None, str | None]] | None:
    """The placeholders of a sentence with their formats; None when it is malformed."""
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError:
        return None
    return frozenset((name, conversion, form) for _, name, form, conversion in parts if name is not None)


class _Words:
    """Which catalogue is in use; None is English."""

    catalogue: _Catalogue | None = None


def install(resources: Path, language: str) -> bool:
    """Speak ``language`` (such as "de" or "pt_BR") from the catalogue in ``resources``/i18n.

    True when it will; False when there is no such catalogue or it is damaged, and English is spoken.
    """
    _Words.catalogue = None
    if _LANGUAGE.fullmatch(language) is None:
        return False
    try:
        translations = _gettext.translation(_DOMAIN, str(resources / "i18n"), [language])
    except (OSError, ValueError, struct.error):
        return False
    _Words.catalogue = _Catalogue(translations)
    return True


def uninstall() -> None:
    """Speak English again."""
    _Words.catalogue = None


def _(source: str) -> str:
    """The sentence in the user's language."""
    # gettext answers an empty sentence with the head of its catalogue.
    return source if _Words.catalogue is None or not source else _Words.catalogue.singular(source)


def ngettext(one: str, many: str, n: int) -> str:
    """The sentence for ``n`` things in the user's language."""
    if _Words.catalogue is None:
        return one if n == 1 else many
    return _Words.catalogue.plural(one, many, n)


def _marked(source: str) -> str:
    """The sentence as it is: marked for translators, to be given to ``_`` where it is shown."""
    return source


N_ = _marked
