"""`headsup calendar`: see and change working hours, special days and public holidays from a terminal."""

from typing import Annotated

import typer

from bot.terminal.printing import say

app = typer.Typer(invoke_without_command=True)

Who = Annotated[str | None, typer.Option("--member", help="Whose: a name, as in Slack. Nothing: the team's.")]


@app.callback()
def calendar(ctx: typer.Context) -> None:
    """See and change working hours, special days and public holidays; alone: see the team's."""
    if ctx.invoked_subcommand is None:
        show()


@app.command()
def show(member: Who = None) -> None:
    """Show whose hours hold, where they come from, and whether it is open now."""
    from bot.terminal import calendar_commands

    say(calendar_commands.show(member))


@app.command("set")
def set_(
    hours: Annotated[
        str, typer.Argument(help="Such as “Europe/Helsinki Mon-Fri 09:00-17:00” or “24/7”; of a member also “team”.")
    ],
    member: Who = None,
    *,
    outside: Annotated[bool, typer.Option("--outside", help="A member's hours count outside the team's too.")] = False,
) -> None:
    """Set the week of the team, or of a member; special days stay, and without a zone so does the zone."""
    from bot.terminal import calendar_commands

    say(calendar_commands.set_hours(hours, member, outside=outside))


@app.command()
def reset(member: Who = None) -> None:
    """Go back to the hours of the setting TEAM_CALENDAR, or with --member to the team's; it names the days that go."""
    from bot.terminal import calendar_commands

    say(calendar_commands.reset(member))


@app.command()
def day(
    on: Annotated[str, typer.Argument(help="The date, such as 2026-12-24.")],
    hours: Annotated[str, typer.Argument(help="Such as 09:00-12:00, “closed”, or “as-usual” to take it back.")],
    note: Annotated[str, typer.Option("--note", help="What is special about it.")] = "",
    member: Who = None,
) -> None:
    """Give one day hours of its own, whatever the week or a holiday says."""
    from bot.terminal import calendar_commands

    say(calendar_commands.set_day(on, hours, note, member))


@app.command()
def holidays(
    country: Annotated[
        str | None, typer.Argument(help="Whose public holidays count: a name or a code; “none”: nobody's.")
    ] = None,
    *,
    region: Annotated[str | None, typer.Option("--region", help="A region of that country, by name or code.")] = None,
    year: Annotated[
        int | None, typer.Option("--year", min=1, max=9999, help="The year to list; nothing: this one.")
    ] = None,
    confirm: Annotated[
        int | None, typer.Option("--confirm", min=1, max=9999, help="Say that this year's list is right.")
    ] = None,
    opened: Annotated[
        list[str] | None, typer.Option("--open", help="With --confirm: a date on which the team works after all.")
    ] = None,
) -> None:
    """List public holidays, choose the country that they are taken from, confirm a year's list."""
    from bot.terminal import calendar_commands

    say(calendar_commands.set_holidays(country, region, year=year, confirm=confirm, opened=opened or []))
