"""From a finished conversation to a scorecard: code counts, a judge answers yes or no with quotes, code adds up."""
