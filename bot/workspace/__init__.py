"""A local stand-in for Slack: Web API, Socket Mode, signed HTTP delivery. It knows nothing of the bot."""
