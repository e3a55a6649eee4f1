"""The address of a store elsewhere is read once, from the environment."""

from pathlib import Path

import pytest

from lotrinh.config.environment import Environment


def test_without_an_address_files_lie_in_the_private_folder(tmp_path: Path) -> None:
    stored = Environment({"LOTRINH_STATE": str(tmp_path)}).blobs()

    assert stored["BACKEND"] == "lotrinh.apps.files.storage.DurableFolder"
    assert stored["OPTIONS"] == {"location": tmp_path / "blobs", "base_url": None}


def test_a_bucket_with_a_folder_an_endpoint_and_a_region() -> None:
    address = "s3://kho-tep/van-ban?endpoint=http://localhost:9000&region=vn-1"

    stored = Environment({"LOTRINH_FILES": address}).blobs()

    assert stored["BACKEND"] == "storages.backends.s3.S3Storage"
    assert stored["OPTIONS"] == {
        "bucket_name": "kho-tep",
        "location": "van-ban",
        "endpoint_url": "http://localhost:9000",
        "region_name": "vn-1",
        "addressing_style": "path",
        "file_overwrite": True,
        "default_acl": None,
    }


def test_a_bucket_alone_leaves_the_rest_to_the_library() -> None:
    options = Environment({"LOTRINH_FILES": "s3://kho-tep"}).blobs()["OPTIONS"]

    assert (options["location"], options["endpoint_url"], options["addressing_style"]) == (
        "",
        None,
        None,
    )


@pytest.mark.parametrize("address", ["kho-tep", "https://kho-tep", "s3://", "s3:kho-tep"])
def test_what_is_no_address_is_refused_with_the_cure(address: str) -> None:
    with pytest.raises(ValueError, match=r"write it like s3://bucket"):
        Environment({"LOTRINH_FILES": address}).blobs()
