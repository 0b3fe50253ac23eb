"""People's ratings of conversations, and how far people and judges agree."""
