"""What is asked for: App Home, queues, status, history, health, help."""
