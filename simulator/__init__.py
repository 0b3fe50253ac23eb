"""A roleplay simulator for customer conversations, with a transcript grader."""

__version__ = "0.1.0"
