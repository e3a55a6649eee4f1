"""The shelf beside the database: however many put publications there, one whole one is found."""

from threading import Thread

from lotrinh.apps.publishing import shelf


def test_many_at_once_leave_one_that_can_be_read(tmp_path):
    place = tmp_path / "published"
    texts = [f"publication {number}" for number in range(12)]

    def put(number, text):
        shelf.keep(place, number, f"{number:064d}", text)

    threads = [Thread(target=put, args=pair) for pair in enumerate(texts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert shelf.kept_mark(place) != ""
    assert (place / shelf.CURRENT / shelf.CONTENT).read_text() in texts
    assert len([one for one in place.iterdir() if one.is_dir() and not one.is_symlink()]) == 2


def test_a_link_that_leads_nowhere_is_no_publication(tmp_path):
    place = tmp_path / "published"
    folder = shelf.keep(place, 1, "a" * 64, "publication")
    assert shelf.kept_mark(place) == f"000001-{'a' * 16}"

    (folder / shelf.CONTENT).unlink()

    assert shelf.kept_mark(place) == ""
