"""The parts of the Train page: what to train, on which data, the start, and the trainings there are."""
