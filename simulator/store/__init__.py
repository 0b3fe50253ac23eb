"""The event store: what happened, made durable, and read back only when it is exactly what was written."""
