"""What a sentence does and what it touches, in English and Chinese, with no model."""
