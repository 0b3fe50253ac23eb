"""Any OpenAI-compatible endpoint in the same roles as `offline/`: it hears the learner and plays the customer."""
