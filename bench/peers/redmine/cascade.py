"""One task for 618 and for 3,321 units: our one act, Redmine's interface and its copying.

Ours goes through the pages of the running site as an officer sends them: the form, what it would
do, the act. Redmine has no such act: a task is made in each project by its interface, or copied
there by the form, of which a sample is measured. Run as ``python -m bench.peers.redmine.cascade``;
with ``all`` Redmine makes all 3,321, else they are reckoned from the 618.
"""

import json
import re
import sys
import time
from statistics import median

from bench.peers.redmine import site
from bench.peers.redmine.asked import (
    Browser,
    hidden,
    load,
    signed_in_with_them,
    signed_in_with_us,
    work,
)
from bench.peers.redmine.interface import Interface
from bench.peers.redmine.kept import keep

COPIES, ROUNDS, UNITS = 20, 2, {"few": 618, "all": 3_321}
WORDS = {
    "subject": "Xây dựng kế hoạch",
    "description": "Kế hoạch",
    "due_date": "2024-09-29",
}


def our_act(browser: Browser, draft: str, group: str) -> dict[str, float]:
    """Carry a draft to a group by the pages; return the seconds of each of the three requests."""
    page = f"/duties/{draft}/carry/"
    form = browser.ask(page)
    said = {
        "csrfmiddlewaretoken": hidden(form.text, "csrfmiddlewaretoken"),
        "client_key": hidden(form.text, "client_key"),
        "version": hidden(form.text, "version"),
        "group": group,
        "as_of": "07/08/2024",
        "left_out": "",
        "own": "",
    }
    shown = browser.send(page, said)
    confirmed = re.search(r'name="confirm" value="(\w+)"', shown.text)
    if shown.status != 200 or confirmed is None:
        raise SystemExit(f"what would happen is not shown: {shown.status}")
    done = browser.send(page, said | {"confirm": confirmed.group(1)})
    if done.status != 303:
        raise SystemExit(f"not carried: {done.status}")
    return {"form": form.seconds, "shown": shown.seconds, "act": done.seconds}


def issued(draft: str) -> int:
    """Return how many units owe the part of a draft that was carried to them."""
    with site.connect("lotrinh_cascade") as connection:
        row = connection.execute(
            "SELECT count(*) FROM duties_duty WHERE state = 'issued' AND superior_id ="
            " (SELECT id FROM duties_duty WHERE uid = %s)",
            [draft],
        ).fetchone()
    return int(str(row[0])) if row else 0


def ours() -> dict[str, dict[str, float]]:
    """Return by group the median seconds of our requests over the rounds."""
    told = json.loads((site.HOME / "shared/cascade.json").read_text())
    browser = signed_in_with_us(site.OUR_SECOND_PORT, told["login"], told["password"])
    drafts = [one for one in told["drafts"] if not issued(one)]
    figures: dict[str, dict[str, float]] = {}
    for group, count in UNITS.items():
        taken = []
        for draft in [drafts.pop() for _ in range(ROUNDS)]:
            before = work("cascade", "lotrinh_cascade")
            steps = our_act(browser, draft, group)
            worked = work("cascade", "lotrinh_cascade") - before
            taken.append(steps | {"all three": sum(steps.values()), "work": worked})
            if issued(draft) != count:
                raise SystemExit(f"{issued(draft)} units owe it, not {count}")
        figures[group] = {step: round(median(one[step] for one in taken), 2) for step in taken[0]}
    return figures


def one_by_one(redmine: Interface, projects: list[int], assignee: int) -> dict[str, float]:
    """Make a task in each project by the interface, one after the other."""
    before, begun = work("redmine", "redmine"), time.perf_counter()
    for project in projects:
        redmine.issue(project_id=project, assigned_to_id=assignee, **WORDS)
    seconds = time.perf_counter() - begun
    worked = work("redmine", "redmine") - before
    return {"requests": len(projects), "seconds": round(seconds, 2), "work": round(worked, 2)}


def copied(redmine: Interface, projects: list[int]) -> dict[str, float]:
    """Copy one task to each project by the form for several issues, one project a time."""
    told = json.loads((site.HOME / "shared/units.json").read_text())
    browser = signed_in_with_them(site.REDMINE_PORT, "giao-viec", told["password"])
    first = redmine.issue(project_id=projects[0], **WORDS)
    form = browser.ask(f"/issues/bulk_edit?ids[]={first}&copy=1")
    token, begun = hidden(form.text, "authenticity_token"), time.perf_counter()
    for project in projects:
        said = {
            "authenticity_token": token,
            "ids[]": str(first),
            "copy": "1",
            "issue[project_id]": str(project),
        }
        answer = browser.send("/issues/bulk_update", said)
        if answer.status != 302:
            raise SystemExit(f"not copied: {answer.status}")
    return {"requests": len(projects), "seconds": round(time.perf_counter() - begun, 2)}


def main() -> None:
    """Measure, print and keep."""
    site.fill_theirs("fill_cascade.rb")
    communes = json.loads((site.HOME / "shared/communes.json").read_text())
    projects, assignee = communes["projects"], communes["assignee"]
    redmine, begun = Interface(), load()
    acts = ours()
    few = one_by_one(redmine, projects[: UNITS["few"]], assignee)
    copies = copied(redmine, projects[:COPIES])
    whole = {"seconds": round(few["seconds"] / UNITS["few"] * UNITS["all"], 1), "reckoned": 1}
    if "all" in sys.argv:
        rest = one_by_one(redmine, projects[UNITS["few"] :], assignee)
        whole = {name: round(few[name] + rest[name], 2) for name in few}
    told = {
        "compared": ["our one act through its pages", "Redmine, one request for each unit"],
        "load before and after": [begun, load()],
        "ours, s": acts,
        "Redmine by its interface": {"618": few, "3,321": whole},
        "Redmine by copying, one project a time": copies,
        "ratios": {
            "618": round(few["seconds"] / acts["few"]["all three"], 1),
            "3,321": round(whole["seconds"] / acts["all"]["all three"], 1),
        },
        "goal of our act for 3,321, s": 10,
    }
    for name in ("ours, s", "Redmine by its interface", "ratios"):
        print(name, told[name])
    keep("cascade", told)
    print(json.dumps({"name": "redmine cascade", **told}))


if __name__ == "__main__":
    main()
