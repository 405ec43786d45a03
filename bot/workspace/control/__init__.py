"""Driving the workspace: as its people, as the one who arranges it, and as the one who breaks it."""

from bot.workspace.control.arranging import Arranging
from bot.workspace.control.filling import Filling
from bot.workspace.control.looking import Looking
from bot.workspace.control.reading import Reading
from bot.workspace.control.talking import Talking
from bot.workspace.control.timing import Timing
from bot.workspace.control.touring import Touring


class Control(Talking, Filling, Looking, Arranging, Timing, Reading, Touring):
    """Every verb of the control interface; the HTTP interface under /control/ has the same names and arguments.

    Users are given as id, name or @name; channels as id, name or #name, and the acting user's DM with the app as
    @headsup. What cannot be done raises ControlError with a sentence.
    """


__all__ = ["Control"]
