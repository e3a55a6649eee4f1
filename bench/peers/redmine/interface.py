"""Redmine's interface for programs, as one who may do everything."""

import json
from http.client import HTTPConnection
from typing import Any

from bench.peers.redmine import site


class Refused(Exception):
    """Redmine does not take what was sent, and says why."""


class Interface:
    """One connection, kept open, with the key of an administrator."""

    def __init__(self) -> None:
        self.told = json.loads((site.HOME / "shared/redmine.json").read_text())
        self.line = HTTPConnection("localhost", site.REDMINE_PORT, timeout=600)
        self.project: int = self.told["projects"][0]

    def call(self, method: str, path: str, said: object = None) -> Any:
        """Return the answer to one request. Raises Refused with Redmine's words."""
        headers = {"X-Redmine-API-Key": self.told["key"], "Content-Type": "application/json"}
        body = None if said is None else json.dumps(said).encode()
        self.line.request(method, path, body=body, headers=headers)
        answer = self.line.getresponse()
        text = answer.read().decode()
        if answer.status >= 300:
            raise Refused(f"{answer.status} {text.strip()}")
        return json.loads(text) if text.strip() else None

    def use_project(self, code: str, modules: list[str]) -> None:
        """Make a project of one's own for the issues that follow, unless it is there."""
        said = {
            "name": code,
            "identifier": code,
            "is_public": False,
            "enabled_module_names": modules,
            "tracker_ids": [self.told["tracker"]],
        }
        try:
            self.project = self.call("POST", "/projects.json", {"project": said})["project"]["id"]
        except Refused:
            self.project = self.call("GET", f"/projects/{code}.json")["project"]["id"]

    def issue(self, subject: str, **said: object) -> int:
        """Make an issue, in the project in use unless another is named; return its id."""
        given = {
            "project_id": self.project,
            "tracker_id": self.told["tracker"],
            "subject": subject,
            "start_date": "2024-08-07",
            **said,
        }
        return int(self.call("POST", "/issues.json", {"issue": given})["issue"]["id"])

    def change(self, issue: int, **said: object) -> None:
        """Change an issue."""
        self.call("PUT", f"/issues/{issue}.json", {"issue": said})

    def read(self, issue: int, include: str = "") -> dict[str, Any]:
        """Return an issue as Redmine shows it."""
        found: dict[str, Any] = self.call("GET", f"/issues/{issue}.json?include={include}")
        return dict(found["issue"])
