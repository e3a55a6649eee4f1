"""Which files of a folder are read."""

from pathlib import Path

from lotrinh.reading.readers import gather


def test_documents_are_found_below_in_one_sure_order(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.PDF",
        "a/c.docx",
        ".git/x.txt",
        "a/~$c.docx",
        ".env",
        "p.png",
        "q.png",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    found = gather([tmp_path])
    assert found.files == tuple(tmp_path / name for name in ("a/c.docx", "a/z.PDF", "b.txt"))
    assert (found.skipped, found.empty) == (((".png", 2),), ())


def test_a_file_that_was_named_is_taken_whatever_it_is(tmp_path: Path) -> None:
    picture = tmp_path / "scan.png"
    picture.write_bytes(b"x")
    missing = tmp_path / "missing"
    assert gather([picture, missing, picture]).files == (missing, picture)


def test_a_folder_without_documents_is_named(tmp_path: Path) -> None:
    assert gather([tmp_path]).empty == (tmp_path,)
