"""One view of a judged conversation, many renderers: text for a terminal, JSON for programs."""
