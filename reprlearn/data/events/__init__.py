"""Event logs: sequences of typed events with times and scalars, split whole into train, valid and test."""
