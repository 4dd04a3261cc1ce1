"""The worker process: every student program runs where it can be killed."""

from app.service.lane import BadRequestError, BusyError, Worker

__all__ = ["BadRequestError", "BusyError", "Worker"]
