"""What the server tells about itself: one log line per request, metrics, and whether it is ready."""
