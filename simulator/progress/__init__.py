"""A learner over time: what was practised, how it went, and what to practise next."""
