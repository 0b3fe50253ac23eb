"""What practising has come to: best scores, full loops, trends, mastery, and what to practise next."""
