"""Files and functions stay small enough to be read in one go."""

from tests.architecture.inspecting import long_files, long_functions, percentile, sources

FILES = sources(".")


def test_no_file_is_longer_than_five_hundred_lines():
    assert long_files(FILES, 500) == []


def test_nine_files_in_ten_have_at_most_two_hundred_and_fifty_lines():
    assert percentile(FILES, 90) <= 250


def test_no_function_is_longer_than_fifty_lines():
    assert long_functions(FILES, 50) == []


def test_what_is_too_long_is_found():
    body = "\n".join(f"    x{number} = {number}" for number in range(50))
    planted = {"planted.py": f"def long():\n{body}\n\n\ndef short():\n    return 1\n"}

    assert long_functions(planted, 50) == ["planted.py:1 long: 51 lines"]
    assert long_files({"a.py": "\n" * 501, "b.py": "\n" * 500}, 500) == ["a.py: 501 lines"]
    assert percentile({str(size): "\n" * size for size in range(1, 11)}, 90) == 9
