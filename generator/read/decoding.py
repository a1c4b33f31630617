"""Bytes into text: any encoding, one kind of line end, composed letters, no controls."""

from __future__ import annotations

import codecs
import re
import unicodedata

from generator import unseen

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins the same way
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What pages that are not UTF-8 were written in; fewer candidates make fewer wrong guesses.
LEGACY = [
    "cp1252", "cp1251", "koi8_r", "koi8_u", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256",
    "cp1257", "cp866", "shift_jis", "euc_jp", "euc_kr", "cp949", "gb18030", "big5",
]  # fmt: skip
# The letters beyond ASCII of the languages written in Windows-1252.
WESTERN = (
    "àâçéèêëîïôùûüÿœæ", "äöüßé", "áéíóúñüªº", "áâãàçéêíóôõúüªº", "àèéìíòóùúî", "åäöéüà",
    "åæøéèêóòâôä", "éëïóöüèêáíú", "áéíóúýþðæö", "àçèéíïòóúü",
)  # fmt: skip
ENOUGH = 20_000

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff]")

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SILENT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def decode(data: bytes, *, html: bool = False) -> str | None:
    """Return the text of a file without what nobody sees in it.

    None if its bytes are not text in any encoding we know.
    """
    text = decode_whole(data, html=html)
    return None if text is None else seen_text(text)


def decode_whole(data: bytes, *, html: bool = False) -> str | None:
    """Return the text of a file with every character that nobody sees; None if it is no text."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _tidy(_strict(data, encoding))
    text = _utf16_without_mark(data) or (None if b"\0" in data else _strict(data, "utf-8"))
    if text is None and b"\0" not in data:
        text = (_declared(data) if html else None) or _guess(data)
    return _tidy(text)


def seen_text(text: str) -> str:
    """Return text in NFC without controls and without what nobody sees."""
    if text.isascii() and text.isprintable():
        return text
    bounded = unseen.bounded_marks(unseen.strip(_SILENT.sub("", text)))
    return unicodedata.normalize("NFC", bounded)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _utf16_without_mark(data: bytes) -> str | None:
    """Return text whose every second byte is mostly zero: Latin text in UTF-16."""
    sample = data[:2000]
    if sample.count(0) * 3 < len(sample) or len(sample) < 4:
        return None
    encoding = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    return _strict(data, encoding)


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4000])
    return _strict(data, found[1].decode("ascii")) if found else None


def _guess(data: bytes) -> str | None:
    if (_is_sparse(data) or _is_western(data)) and (western := _strict(data, "cp1252")) is not None:
        return western
    # Imported here because most folders are UTF-8 throughout and never need it.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:ENOUGH], cp_isolation=LEGACY).best()
    return _strict(data, best.encoding) if best else None


def _is_western(data: bytes) -> bool:
    """Return whether the bytes, read as Windows-1252, use the letters of one western language.

    A statistical guess takes a short French text for Latvian; its letters never do.
    """
    text = (_strict(data[:ENOUGH], "cp1252") or "").lower()
    letters = {char for char in text if char > "\x7f" and char.isalpha()}
    return bool(letters) and any(letters <= set(alphabet) for alphabet in WESTERN)


def _is_sparse(data: bytes) -> bool:
    """Return whether the only bytes beyond ASCII are a few signs: quotes, dashes, spaces."""
    high = [byte for byte in data[:ENOUGH] if byte >= 0x80]
    signs = sum(byte <= 0x9F or byte in (0xA0, 0xA9, 0xAB, 0xB0, 0xBB) for byte in high)
    return bool(high) and signs * 2 >= len(high) and len(high) * 20 < len(data)


def _tidy(text: str | None) -> str | None:
    """Return text in NFC with plain line ends; None if it is mostly control characters."""
    if text is None or _is_binary(text):
        return None
    text = _SILENT.sub("", _LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", unseen.bounded_marks(text))


def _is_binary(text: str) -> bool:
    sample = text[:ENOUGH]
    return len(_CONTROL.findall(sample)) * 50 > len(sample)
