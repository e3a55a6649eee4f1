"""The command ``lotrinh``. Exit codes: 0 done, 1 refused, 2 bad input, 3 not ready."""

import typer

from lotrinh.cli import (
    comparing,
    conference,
    demo,
    doctor,
    init,
    password,
    reading,
    recounting,
    reminding,
    rereading,
    serving,
    sheets,
    unclaimed,
    verifying,
    why,
)

app = typer.Typer(
    name="lotrinh",
    help="From resolution to result. / Từ nghị quyết đến kết quả.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("demo")(demo.demo)
app.command("serve")(serving.serve)
app.command("worker")(serving.worker)
app.command("doctor")(doctor.doctor)
app.command("init")(init.init)
app.command("password")(password.password)
app.command("why")(why.why)
app.command("import")(sheets.import_sheet)
app.command("export")(sheets.export_sheet)
app.command("read")(reading.read)
app.command("reread")(rereading.reread)
app.command("remind")(reminding.remind)
app.command("recount")(recounting.recount)
app.command("verify")(verifying.verify)
app.command("unclaimed")(unclaimed.unclaimed)
app.command("compare")(comparing.compare)
app.add_typer(conference.app, name="conference")


def run() -> None:
    """Run the command line."""
    app()
