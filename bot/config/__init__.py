"""Settings: what they are and what they may be. Nothing else in Headsup looks at the environment."""

from bot.config.settings import DOTENV, NAMES, OPEN_TO_ALL, Settings, load_settings

__all__ = ["DOTENV", "NAMES", "OPEN_TO_ALL", "Settings", "load_settings"]
