"""The embedded default: listener, actor and judge with no key and no network."""
