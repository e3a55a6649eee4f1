"""Files by a program: through the gate, once for each key, refused in the program's language."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lotrinh.apps.duties.models import Duty, Evidence
from lotrinh.apps.files.models import Blob
from lotrinh.rules.duty_states import Step
from lotrinh.rules.scopes import Scope
from tests.api.asking import ROOT, Program
from tests.architecture.walking import walked
from tests.cast import Cast
from tests.factories import key
from tests.stage import blobs

__all__ = ["blobs"]

pytestmark = pytest.mark.django_db
PLAN = "Kế hoạch đào tạo cán bộ của quận, ban hành ngày 1/8/2024.".encode()
PHOTO = b"\xff\xd8\xff\xe0 a photograph"


def send(program: Program, duty: Duty, *files: tuple[str, bytes], status: int, **said: Any) -> Any:
    sent = said.pop("client_key", None) or key()
    language = said.pop("language", "en")
    form = {"step": "claim", "version": str(duty.version), **said}
    answer = program.client.post(
        f"{ROOT}/duties/{duty.uid}/evidence",
        {**form, "file": [SimpleUploadedFile(name, content) for name, content in files]},
        headers={
            "Authorization": f"Bearer {program.key}",
            "Accept-Language": language,
            "Idempotency-Key": str(sent),
        },
    )
    assert answer.status_code == status, (answer.status_code, answer.content)
    return answer.json()


def test_a_claim_comes_with_its_files_and_once(cast: Cast, blobs: Path) -> None:
    duty, ha, sent = walked(cast, [Step.ISSUE]), Program(cast.ha), key()
    files = (("ke-hoach.txt", PLAN), ("anh.jpg", PHOTO))

    first = send(ha, duty, *files, status=200, declared="true", client_key=sent)
    again = send(ha, duty, *files, status=200, declared="true", client_key=sent)
    send(ha, duty, files[0], status=409, client_key=sent)

    assert first == again
    assert (first["state"], first["version"]) == ("claimed", duty.version + 1)
    assert sorted(Evidence.objects.values_list("name", flat=True)) == ["anh.jpg", "ke-hoach.txt"]


def test_what_the_gate_refuses_is_told_and_nothing_is_kept(cast: Cast, blobs: Path) -> None:
    duty, ha = walked(cast, [Step.ISSUE]), Program(cast.ha)

    picture = send(ha, duty, ("ke-hoach.txt", PLAN), ("anh.jpg", PHOTO), status=422)
    empty = send(ha, duty, ("rong.txt", b""), status=422, language="vi")
    secret = send(ha, duty, ("mat.txt", b"TUY\xe1\xbb\x86T M\xe1\xba\xacT\n" + PLAN), status=422)
    many = send(ha, duty, *[(f"{n}.txt", PLAN) for n in range(9)], status=422)

    assert picture["type"] == "urn:lotrinh:problem:not_declared"
    assert picture["errors"][0]["field"] == "declared"
    assert empty["errors"][0]["message"].startswith("rong.txt: ")
    assert secret["type"] == "urn:lotrinh:problem:secret"
    assert many["errors"][0]["field"] == "file"
    assert not Evidence.objects.exists()
    assert not Blob.objects.filter(media_type="image/jpeg").exists()
    duty.refresh_from_db()
    assert duty.state == "issued"


def test_it_takes_the_scope_the_right_and_a_form(cast: Cast, blobs: Path) -> None:
    duty = walked(cast, [Step.ISSUE])
    plan = ("ke-hoach.txt", PLAN)

    send(Program(cast.thach), duty, plan, status=403)
    send(Program(cast.khe), duty, plan, status=404)
    send(Program(cast.ha, [Scope.READ_DUTIES]), duty, plan, status=403)
    send(Program(cast.ha), duty, status=422)
    send(Program(cast.ha), duty, plan, status=409, version="9")

    duty.refresh_from_db()
    assert (duty.state, Evidence.objects.count()) == ("issued", 0)
