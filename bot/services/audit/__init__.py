"""The hourly look at everything, and the heartbeat of planning."""
