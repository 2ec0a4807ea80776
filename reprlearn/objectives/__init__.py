"""What is minimised. An objective makes batches for a model and the loss of a batch; models know neither.

`config` holds the configurations (light to import), each other module one objective.
"""
