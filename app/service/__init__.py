"""Student programs run in processes of their own, where they can be killed, one after another, fairly."""

from app.service.outcome import Answered, BadRequestError, BusyError, Outcome, UnavailableError
from app.service.pool import Pool
from app.service.queue import Crowd
from app.service.service import Service

__all__ = ["Answered", "BadRequestError", "BusyError", "Crowd", "Outcome", "Pool", "Service", "UnavailableError"]
