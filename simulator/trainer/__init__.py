"""The trainer's bench: what a pack means, tried before people meet it."""
