"""Transcripts from outside: transcript/1 in YAML and JSON, chat JSONL, CSV, and `Name: line` as people write it."""
