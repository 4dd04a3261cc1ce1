"""The worker process: every student program runs where it can be killed."""
