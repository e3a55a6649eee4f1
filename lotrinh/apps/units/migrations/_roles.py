"""What several migrations do to roles, and how the journal has it. Frozen: applied steps use it.

The entry is written out here and not asked of the journal's services, which may change later; it is
the one of a role that the installation itself defines.
"""

import hashlib
import json
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

ADMINISTRATOR, DEFINES = "administrator", "role.define"


def widen_administrator(apps, schema_editor, gained):
    """Let the administrator's role carry these actions too, and record what it carries then."""
    widen_role_that(apps, schema_editor, ADMINISTRATOR, [DEFINES], gained)


def widen_role_that(apps, schema_editor, code, does, gained):
    """Let the role of this code carry these actions too, and record what it carries then.

    A role of one's own that merely bears the code and does not do all of ``does`` stays as it is.
    """
    using = schema_editor.connection.alias
    roles = apps.get_model("units", "Role").objects.using(using)
    for role in roles.filter(code=code, actions__contains=does):
        wanted = sorted({*role.actions, *gained})
        if set(wanted) != set(role.actions):
            role.actions = wanted
            role.save(update_fields=["actions"])
            record_role(apps, schema_editor, role.code, wanted)


def widen_roles_with(apps, schema_editor, action, gained):
    """Let every role that carries ``action`` carry these too, and record what it carries then."""
    using = schema_editor.connection.alias
    for role in apps.get_model("units", "Role").objects.using(using):
        wanted = sorted({*role.actions, *gained})
        if action in role.actions and set(wanted) != set(role.actions):
            role.actions = wanted
            role.save(update_fields=["actions"])
            record_role(apps, schema_editor, role.code, wanted)


def record_role(apps, schema_editor, code, actions):
    """Write the entry of a role that the installation defines, as the journal writes it."""
    entries = apps.get_model("journal", "Entry").objects.using(schema_editor.connection.alias)
    at, uid = timezone.now(), uuid5(NAMESPACE_URL, f"urn:lotrinh:role:{code}")
    payload = json.dumps(
        {
            "actor": {"kind": "system", "ref": "system"},
            "at": at.isoformat(),
            "data": {"actions": actions, "code": code},
            "object": {"kind": "role", "uid": str(uid)},
            "unit": None,
            "verb": "role.defined",
            "version": 1,
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )
    entries.create(
        at=at,
        verb="role.defined",
        actor_kind="system",
        actor_uid=None,
        object_kind="role",
        object_uid=uid,
        unit_uid=None,
        payload=payload,
        leaf=hashlib.sha256(b"\x00" + payload.encode()).digest(),
    )
