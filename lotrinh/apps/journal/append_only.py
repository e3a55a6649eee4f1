"""What makes a table append-only: a promise in the model, kept by rights and by triggers.

A model states ``append_only = True`` and takes ``triggers = append_only_triggers()`` into its
Meta. The grants (``lotrinh.apps.journal.grants``) then leave the application role SELECT and
INSERT alone; the triggers refuse UPDATE, DELETE and TRUNCATE even to the owner.
"""

import pgtrigger


def append_only_triggers() -> list[pgtrigger.Trigger]:
    """Return the triggers that refuse every change of a written row, TRUNCATE included."""
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="no_truncate",
            operation=pgtrigger.Truncate,
            when=pgtrigger.Before,
            level=pgtrigger.Statement,
            func="RAISE EXCEPTION 'append-only: cannot truncate rows from % table', TG_TABLE_NAME;",
        ),
    ]
