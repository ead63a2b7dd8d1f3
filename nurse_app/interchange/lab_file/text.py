"""The bytes of a file of results as text: UTF-8, UTF-16 with its mark, or what older Windows programs write."""

from nurse_app.interchange.lab_file.rows import UnreadableFileError

LIMIT_BYTES = 256 << 20
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decoded(content: bytes) -> str:
    """The text, without the mark of its encoding. Raises UnreadableFileError."""
    if len(content) > LIMIT_BYTES:
        raise UnreadableFileError(f"it has more than {LIMIT_BYTES >> 20} MiB: split it into several files")
    text = _decoded(content)
    if "\0" in text:
        raise UnreadableFileError("it is no text: it holds zero bytes. Export the results as CSV, FHIR or HL7")
    if not text.strip():
        raise UnreadableFileError("it is empty")
    return text


def _decoded(content: bytes) -> str:
    if content.startswith(_UTF16_MARKS):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableFileError(f"byte {error.start + 1} is not UTF-16 text, as its first bytes say") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} is neither UTF-8 nor Windows-1252 text. Export the file again as UTF-8"
        raise UnreadableFileError(message) from None
