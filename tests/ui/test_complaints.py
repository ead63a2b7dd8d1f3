"""What Qt complains of is kept without the folders in it: they may hold the name of whoever is signed in."""

import pytest

from nurse_app.ui.complaints import without_folders


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Cannot open file '/home/anna.sample/nurse app/icon.svg'", "Cannot open file '…/icon.svg'"),
        ('QFont: "C:\\Users\\Anna Sample\\fonts\\a.ttf" is broken', 'QFont: "…/a.ttf" is broken'),
        ("cannot read /home/anna/x.svg or /opt/y.svg", "cannot read …/x.svg or …/y.svg"),
        ("QPainter::begin: Paint device returned engine == 0", "QPainter::begin: Paint device returned engine == 0"),
        ("1/2 of it", "1/2 of it"),
    ],
)
def test_a_path_is_cut_to_the_name_of_its_file(words: str, expected: str) -> None:
    assert without_folders(words) == expected
