"""The command line: one file for each command, thin; what a command needs is imported when it runs."""
