"""The guided tour: ten steps, each one screen with a figure of the runs there are."""
