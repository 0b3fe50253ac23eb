"""Values only: frozen dataclasses over the standard library, which every other room may hold."""
