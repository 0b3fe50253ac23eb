"""Packs: persona and rubric files in YAML, read into frozen domain values; what cannot be read gets a diagnostic."""
