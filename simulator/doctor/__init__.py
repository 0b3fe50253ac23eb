"""`mot doctor`: what a run would meet on this machine and at its endpoint, and what to do about each trouble."""
