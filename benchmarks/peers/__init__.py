"""Other people's programs, run by their own interpreter for a comparison."""
