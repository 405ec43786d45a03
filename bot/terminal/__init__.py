"""Commands that are over at once: what `headsup calendar` and `headsup deadline` do and say."""
