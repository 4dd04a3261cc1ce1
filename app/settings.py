"""Settings, read once at start from BACKPASS_* variables and passed down as plain values."""

from __future__ import annotations

import os
import re
from typing import Final

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX: Final = "BACKPASS_"
_ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?")


class SettingError(Exception):
    """A BACKPASS_ variable that names no setting, most likely a typing mistake, or has a value that cannot be."""


class Settings(BaseSettings):
    """Every setting, its unit and its default."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    deadline_seconds: float = Field(3.0, gt=0, le=60, description="wall clock of one program, then it is killed")
    queue: int = Field(32, ge=0, le=1000, description="requests that may wait for the worker; beyond: 429")
    memory_mb: int = Field(768, ge=128, description="address space of the worker, in MB of 2**20 bytes")
    recycle_after: int = Field(2000, ge=1, description="programs that one worker process runs at most")
    frame_ancestors: str = Field("", description="origins that may embed the page, separated by spaces")

    @field_validator("frame_ancestors")
    @classmethod
    def _origins_only(cls, text: str) -> str:
        """Refuses whatever could end the directive or the header that it is written into."""
        for origin in text.split(" "):
            if origin and not _ORIGIN.fullmatch(origin):
                raise ValueError("not a list of origins such as https://lms.example.org")
        return " ".join(text.split(" "))


def read() -> Settings:
    """The settings of this process. Raises SettingError, its message one line for the person who starts it."""
    names = {PREFIX + name.upper() for name in Settings.model_fields}
    for variable in os.environ:
        if variable.upper().startswith(PREFIX) and variable.upper() not in names:
            raise SettingError(f"{variable} is not a setting; there are {', '.join(sorted(names))}")
    try:
        return Settings()
    except ValidationError as error:
        wrong = [f"{PREFIX}{str(found['loc'][0]).upper()}: {found['msg']}" for found in error.errors()]
        raise SettingError("; ".join(wrong)) from None
