"""The refusal of a file: a code with the data of its sentence."""

REFUSALS = {
    "empty": (),
    "type": (),  # a format that is not read
    "encoding": ("offset",),  # the first byte, from 0, that is no letter
    "binary": (),
    "damaged": ("part",),  # the file is cut off or broken
    "encrypted": (),
    "bomb": ("what", "found", "limit"),  # entries, unpacked, ratio or depth
    "declarations": ("part",),  # XML that declares a document type or entities
    "too_large": ("what", "found", "limit"),  # rows, columns, pages, cells, characters or bytes
    "far_cell": ("cell",),  # a cell that stands alone, far from the table
    "macros": (),  # programs inside the file
    "needs_ocr": ("pages",),
    "legacy_encoding": ("encoding", "example"),
    "damaged_text": ("share", "line", "example"),  # share: words with foreign letters, in %
    "slow": ("seconds",),
    "too_heavy": (),  # it needed more memory than a document may, or broke the reader
}


class Unreadable(Exception):
    """The file cannot be read as a document.

    ``code`` is one of ``REFUSALS``, and ``data`` has what its sentence names. Those who load
    files themselves may add codes of their own (missing, denied).
    """

    def __init__(self, code: str, **data: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.data = data
