"""The Next token page in parts: what is asked, what the models expect, one candidate, how they go on, what surprised them."""
