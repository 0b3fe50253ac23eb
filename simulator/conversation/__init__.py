"""One practice conversation: pure rules, and three ports (Listener, Actor, Journal) to what is outside."""
