"""The pages of plans, of what they state and of who leads."""
