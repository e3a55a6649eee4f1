"""Words in files that lie inside another file, for the secrecy gate alone.

A Word file may carry a whole web page or an RTF text that it shows as its own, an old workbook, a
drawing with words in it. Nobody reads facts there, but a mark of secrecy counts there too. So the
words are gathered by what the bytes are; where no parser is worth its risk, every run of letters
in the bytes counts as a line. Old workbooks (.xls) are gone through in the same way: their headers,
footers and comments are such runs.
"""

import email
import email.policy
import re
import unicodedata
from collections.abc import Iterator

from lxml import etree, html

from lotrinh.reading.readers.old_letters import as_in_old_fonts
from lotrinh.reading.readers.web_blocks import every_line

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Word and Excel before 2007
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
# Letters that a mark may be written with, in UTF-16, low byte first.
_WIDE = re.compile(
    rb"(?:[\x20-\x7e\xa0-\xff]\x00|[\x02\x03\x10\x11\x28\x29\x68\x69\xa0\xa1\xaf\xb0]\x01"
    rb"|[\x00-\x23]\x03|[\x10-\x4f]\x04|[\xa0-\xf9]\x1e|[\x00-\x2f]\x20|\x00\x30|[\x01-\x5e]\xff"
    rb"|\x0a\x00|\x09\x00){3,200}"
)
_FLAGGED = range(0x100, 0x200)
_WIDE_SIGN = re.compile(rb"[\xac\xad]\x1e|\x23\x03|[\xcb\xeb\xc4\xe4]\x00|M\x00\)\x00")
_UTF8_SIGN = re.compile(rb"\xe1\xba[\xac\xad]|\xcc\xa3")
_NARROW_SIGN = re.compile(rb"[Mm] *(?:\xcb|[Aa] *[\xc4\xe4]) *[Tt]|M\)")  # in TCVN3, in VNI
_NARROW = re.compile(rb"[\x20-\x7e\xa1-\xff]{3,60}")
_HEADER_CODE = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d+|&[LCR]|&.')
_LONGEST = 80  # letters: a longer line bears no mark of its own
_RTF_UNICODE = re.compile(r"\\u(-?\d{1,6})\s?(?:\\'[0-9a-fA-F]{2}|\?)?")
_RTF_BYTE = re.compile(r"\\'([0-9a-fA-F]{2})")
_RTF_END = re.compile(r"\\(?:par|line|cell|row|page|sect)\b ?|[\r\n]+")
_RTF_WORD = re.compile(r"\\(?:[a-zA-Z]+-?\d*\s?|[^a-zA-Z])|[{}]")
_CONTROL_WORDS = 0x10000
_SURROGATES = range(0xD800, 0xE000)


def is_locked(data: bytes) -> bool:
    """Tell whether a file from Office before its zip archives is locked with a password."""
    return data.startswith(COMPOUND) and _ENCRYPTED in data


def words_inside(data: bytes) -> Iterator[str]:
    """Yield the lines of words in a file of any kind but zip archives and PDF."""
    if data.startswith(_PICTURES):
        return
    head = data[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if head.startswith(b"{\\rtf"):
        yield from _rtf_lines(data.decode("cp1252", "replace"))
    elif head.startswith(b"<"):
        yield from _markup_lines(data)
    elif head[:40].lower().startswith((b"mime-version", b"content-type", b"from:")):
        yield from _mail_lines(data)
    else:
        yield from runs_of_letters(data)


def runs_of_letters(data: bytes) -> Iterator[str]:
    """Yield what may be lines with a mark of secrecy in bytes of unknown meaning.

    Two bytes a letter are looked for, UTF-8, and one byte as in old encodings; a line that can be
    no mark is left out.
    """
    if _WIDE_SIGN.search(data):
        for run in _WIDE.finditer(data):
            words = run.group().decode("utf-16-le", "ignore")
            yield from _lines(words)
            if ord(words[0]) in _FLAGGED:  # a length and the flag of wide letters
                yield from _lines(words[1:])
    if _UTF8_SIGN.search(data):
        yield from _lines(data.decode("utf-8", "ignore"))
    if _NARROW_SIGN.search(data):
        for narrow in _NARROW.finditer(data):
            if _NARROW_SIGN.search(narrow.group()):
                yield from _lines(narrow.group().decode("latin-1"))


def _lines(text: str) -> Iterator[str]:
    for line in _HEADER_CODE.sub("\n", text).splitlines():
        if 0 < len(line) <= _LONGEST and _may_be_a_mark(line):
            yield line


def _may_be_a_mark(line: str) -> bool:
    """Tell whether the vowel of all three marks is there, or the ending of a number."""
    return (
        "ậ" in unicodedata.normalize("NFC", line).lower()
        or "M)" in line
        or any("Ậ" in shown for shown in as_in_old_fonts(line))
    )


def _markup_lines(data: bytes) -> Iterator[str]:
    """Yield the lines of a web page or a drawing in SVG; its declarations are not looked at."""
    try:
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        yield from every_line(html.document_fromstring(text.encode("utf-8", "ignore"), parser))
    except (etree.ParserError, etree.XMLSyntaxError):
        return


def _mail_lines(data: bytes) -> Iterator[str]:
    """Yield the lines of a web page that was saved with its pictures (.mht)."""
    for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and part.get_content_maintype() == "text":
            yield from _markup_lines(content)


def _rtf_lines(text: str) -> Iterator[str]:
    text = _RTF_UNICODE.sub(_rtf_letter, text)
    text = _RTF_BYTE.sub(lambda found: chr(int(found[1], 16)), text)
    for line in _RTF_END.sub("\n", text).split("\n"):
        words = _RTF_WORD.sub("", line).strip()
        if words:
            yield words


def _rtf_letter(found: re.Match[str]) -> str:
    code = int(found[1]) % _CONTROL_WORDS
    return "" if code in _SURROGATES else chr(code)
