"""The app in the terminal: screens and widgets over the same practice that line mode holds. No rules live here."""
