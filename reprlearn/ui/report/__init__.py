"""The parts of the Report page: the pinned views in their order (`listing`), and the file that is made of them (`building`)."""
