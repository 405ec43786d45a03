"""The grammar of the slash command."""
