"""The Soft one-hot page: the buckets of a scalar, two models side by side, and what if an event had been another."""
