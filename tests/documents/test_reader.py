"""A document's text is read in the encodings that councils' files come in; what is no text is refused in words."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cyppgraph.documents import Source, read_source
from cyppgraph.errors import FaultyInputError

TEXT = "Action\tLead\nImprove children’s care – 20%\t£5m\n"
LINES = ("Action\tLead", "Improve children’s care – 20%\t£5m")


def source_of(folder: Path, data: bytes) -> Source:
    path = folder / "source.txt"
    path.write_bytes(data)
    return read_source(path, "data/plans/x/source.txt")


def refusal_of(folder: Path, data: bytes) -> str:
    with pytest.raises(FaultyInputError) as caught:
        source_of(folder, data)
    assert len(caught.value.faults) == 1
    return str(caught.value)


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("UTF-8", TEXT.encode("utf-8")),
        ("UTF-8 with a byte-order mark", TEXT.encode("utf-8-sig")),
        ("UTF-16, low byte first", b"\xff\xfe" + TEXT.encode("utf-16-le")),
        ("UTF-16, high byte first", b"\xfe\xff" + TEXT.encode("utf-16-be")),
        ("Windows-1252", TEXT.encode("cp1252")),
    ],
)
def test_the_encodings_that_councils_use_all_give_the_same_lines(tmp_path: Path, encoding: str, data: bytes) -> None:
    """Curly quotes, dashes and pounds come out right, and no byte-order mark is left over."""
    assert source_of(tmp_path, data).lines == LINES, encoding


def test_a_source_bears_the_checksum_of_its_bytes_and_the_name_it_is_called_by(tmp_path: Path) -> None:
    """The checksum is that of the file, not of the text decoded from it."""
    data = TEXT.encode("cp1252")
    source = source_of(tmp_path, data)
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert source.file == "data/plans/x/source.txt"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_unix_windows_or_old_macs_end_them(tmp_path: Path, end: str) -> None:
    """Empty lines count, so that line numbers are those that an editor shows; a last line end begins no line."""
    assert source_of(tmp_path, f"one{end}{end}three{end}".encode()).lines == ("one", "", "three")


def test_only_line_ends_part_lines(tmp_path: Path) -> None:
    """A form feed, a vertical tab or a Unicode separator is a character of its line, as editors have it."""
    assert source_of(tmp_path, "a\x0cb\x0bc\u2028d\x85e\n".encode()).lines == ("a\x0cb\x0bc\u2028d\x85e",)


@pytest.mark.parametrize(
    "data", [b"", b"\n\n  \t\n", b"\xef\xbb\xbf", b"\xff\xfe"], ids=["nothing", "blank", "mark", "16"]
)
def test_an_empty_document_is_refused(tmp_path: Path, data: bytes) -> None:
    """The message names the file and says what to do."""
    message = refusal_of(tmp_path, data)
    assert message.startswith("data/plans/x/source.txt: is empty")
    assert "export it again" in message


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 \x00\x01", "is a PDF"),
        (b"PK\x03\x04\x14\x00", "is a Word or Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old Office file"),
        (b"GIF89a\x00\x01\x00", "is binary"),
        ("no mark".encode("utf-16-le"), "is binary"),
    ],
)
def test_a_file_that_is_no_text_is_refused_by_what_it_is(tmp_path: Path, data: bytes, what: str) -> None:
    """The message names the file, what was found there, and what was expected."""
    message = refusal_of(tmp_path, data)
    assert message.startswith(f"data/plans/x/source.txt: {what}")
    assert "expected" in message and "text" in message


def test_bytes_of_no_known_encoding_are_refused_with_their_line(tmp_path: Path) -> None:
    """A byte that neither UTF-8 nor Windows-1252 knows is pointed at."""
    message = refusal_of(tmp_path, b"fine\nfine\nbroken \x81\x8d here\n")
    assert message.startswith("data/plans/x/source.txt:3: ")
    assert "save it as UTF-8" in message


def test_a_character_that_an_earlier_export_could_not_read_is_no_fault_of_the_encoding(tmp_path: Path) -> None:
    """UTF-16 text that holds the replacement character is text."""
    assert source_of(tmp_path, "a\ufffdb".encode("utf-16")).lines == ("a\ufffdb",)


@pytest.mark.parametrize("data", [b"\xff\xfea", b"\xff\xfe\x00\x00a\x00\x00\x00", b"\xff\xfe\x00\xd8a\x00"])
def test_bytes_that_only_begin_like_utf_16_are_refused(tmp_path: Path, data: bytes) -> None:
    """Half a character, UTF-32, or a lone surrogate behind the mark of UTF-16 is a message, not a crash."""
    message = refusal_of(tmp_path, data)
    assert message.startswith("data/plans/x/source.txt: ")
    assert "UTF-8" in message


def test_a_missing_document_is_refused(tmp_path: Path) -> None:
    """The message names the file that was looked for and says to put it there."""
    with pytest.raises(FaultyInputError, match=r"^data/plans/x/source.txt: cannot be read: .*; put the document there"):
        read_source(tmp_path / "source.txt", "data/plans/x/source.txt")


def test_a_folder_in_the_place_of_a_document_is_refused(tmp_path: Path) -> None:
    """What cannot be read is said, whatever it is."""
    with pytest.raises(FaultyInputError, match="cannot be read: Is a directory"):
        read_source(tmp_path, "data/plans/x/source.txt")
