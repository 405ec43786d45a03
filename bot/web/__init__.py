"""The HTTP edge: webhooks, Slack over HTTP, health, metrics."""
