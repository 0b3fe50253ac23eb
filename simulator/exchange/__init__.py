"""Transcripts in and out: transcript/1, chat JSONL, CSV, Markdown, plain text, captions; results as CSV and xAPI."""
