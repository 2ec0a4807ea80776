"""The Tied vs untied page: what tying and the augmented loss change, between any two or more runs that predict words."""
