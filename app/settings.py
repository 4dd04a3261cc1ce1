"""The one list of settings: read once at start from BACKPASS_* variables, and passed down as plain values."""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app import allowed
from app.allowed import Line, Networks, Origins, Prefix

PREFIX: Final = "BACKPASS_"
# What Kubernetes sets in every container beside a Service that is called backpass, or backpass-something.
LINK_NAME: Final = re.compile(r"BACKPASS_(\w+_)?(SERVICE_(HOST|PORT)(_\w+)?|PORT_\d+_(TCP|UDP)(_\w+)?)", re.IGNORECASE)
LINK_VALUE: Final = re.compile(r"(tcp|udp)://\S+:\d+")


class SettingError(Exception):
    """A variable or flag that names no setting, or has a value that cannot be. Its message is one line."""


def unit(name: str) -> dict[str, Any]:
    """The unit of a setting, for its table."""
    return {"unit": name}


class Settings(BaseSettings):
    """Every setting. docs/settings.md is made from this list by `python -m tools.settings`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid")

    # Where it is reached
    host: str = Field(
        "127.0.0.1", description="address to listen on; 0.0.0.0: all of this machine's", examples=["0.0.0.0"]
    )
    port: int = Field(8000, ge=0, le=65535, description="port to listen on; 0: a free one", examples=[8080])
    root_path: Prefix = Field(
        "", description="path under which a proxy shows this server to the world", examples=["/backpass"]
    )
    proxies: Networks = Field(
        "",
        description="proxies in front of this server: only their `X-Forwarded-For` and `-Proto` are believed",
        examples=["10.1.2.3 172.18.0.0/16"],
    )
    frame_ancestors: Origins = Field(
        "",
        description="sites that may frame any page; unset: any may frame `/embed`, none another page; none: no site",
        examples=["https://lms.example.org"],
    )

    # Programs
    workers: int | None = Field(
        None,
        ge=0,
        le=256,
        json_schema_extra=unit("processes"),
        description="processes that run programs; unset: one per core; 0: none, see the notes",
        examples=[4],
    )
    deadline_seconds: float = Field(
        3.0,
        gt=0,
        le=60,
        allow_inf_nan=False,
        json_schema_extra=unit("seconds"),
        description="wall clock of one program, then it is killed",
    )
    memory_mb: int = Field(
        768,
        ge=128,
        le=65536,
        json_schema_extra=unit("MB of 2^20 bytes"),
        description="address space of one worker process",
    )
    recycle_after: int = Field(
        2000,
        ge=1,
        le=10**9,
        json_schema_extra=unit("programs"),
        description="what one worker process runs before a new one takes its place",
    )

    # Load
    queue: int = Field(
        512,
        ge=0,
        le=1000,
        json_schema_extra=unit("requests"),
        description="how many may wait for a worker; beyond: 429",
    )
    cache_mb: int = Field(
        64,
        ge=0,
        le=65536,
        json_schema_extra=unit("MB of 2^20 bytes"),
        description="answers kept in memory, so that equal programs run once; 0: none",
    )
    flood_per_second: float = Field(
        200.0,
        ge=0,
        le=100_000,
        allow_inf_nan=False,
        json_schema_extra=unit("requests per second"),
        description="programs that one address may send in the long run (IPv6: one /64); 0: no guard",
    )
    flood_burst: int = Field(
        2000,
        ge=1,
        le=10**6,
        json_schema_extra=unit("requests"),
        description="programs that one address may send at once before `BACKPASS_FLOOD_PER_SECOND` holds it",
    )

    # What is told about it
    log_format: Literal["auto", "json", "text"] = Field(
        "auto",
        description="form of the log on standard error; auto: text on a terminal, JSON elsewhere",
        examples=["json"],
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info",
        description="least that is logged; info has one line per request, warning only what needs a look",
        examples=["warning"],
    )
    metrics: Literal["private", "all", "none"] = Field(
        "private",
        description="who may read `/metrics`; private: who is at no public address and asks without a proxy",
    )
    operator: Line = Field(
        "", description="who runs this server, shown on `/privacy`", examples=["Chair of Numerics, Example University"]
    )
    contact: Line = Field(
        "",
        description="where readers of `/privacy` can ask: a mail address, a web address or any other words",
        examples=["privacy@example.org"],
    )

    @field_validator("port", mode="before")
    @classmethod
    def _not_a_link(cls, value: object) -> object:
        """Kubernetes says BACKPASS_PORT=tcp://10.0.0.7:80 where there is a Service called backpass."""
        return 8000 if isinstance(value, str) and LINK_VALUE.fullmatch(value) else value


def read(flags: Mapping[str, object] | None = None) -> Settings:
    """The settings of this process: `flags` (by field name) before variables before defaults. Raises SettingError."""
    flags = flags or {}
    refuse_unknown(os.environ)
    try:
        return Settings(**dict(flags))  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = [found for found in error.errors() if found["loc"]]
        raise SettingError("; ".join(refused(str(found["loc"][0]), found["input"], flags) for found in wrong)) from None


def read_or_leave() -> Settings:
    """read(), but a mistake is one line on standard error and the end of the process with exit code 2."""
    try:
        return read()
    except SettingError as error:
        print(f"backpass: {error}", file=sys.stderr)
        sys.exit(2)


def variable(field: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + field.upper()


def flag(field: str) -> str:
    """The option of `backpass serve` that goes before the variable."""
    return f"--{field.replace('_', '-')}"


def refuse_unknown(environment: Mapping[str, str]) -> None:
    """Raises SettingError for variables with our prefix that are no settings, each with the nearest name."""
    names = [variable(field) for field in Settings.model_fields]
    ours = [name for name in environment if name.upper().startswith(PREFIX)]
    wrong = [name for name in ours if name.upper() not in names and not is_link(name, environment[name])]
    if wrong:
        raise SettingError("; ".join(f"{name} is not a setting; {nearest(name, names)}" for name in sorted(wrong)))


def is_link(name: str, value: str) -> bool:
    """Whether Kubernetes has set it, and nobody meant us."""
    return bool(LINK_NAME.fullmatch(name) or LINK_VALUE.fullmatch(value))


def nearest(name: str, names: list[str]) -> str:
    """What the person may have meant."""
    own = [known.removeprefix(PREFIX) for known in names]  # the prefix, which all share, would make all near
    close = difflib.get_close_matches(name.upper().removeprefix(PREFIX), own, n=1)
    return f"did you mean {PREFIX}{close[0]}?" if close else "docs/settings.md lists them all"


def refused(field: str, value: object, flags: Mapping[str, object]) -> str:
    """What a setting has to be, and what it is."""
    name = flag(field) if field in flags else variable(field)
    return f"{name} must be {allowed.words(Settings, field)}, not {str(value)[:60]!r}"
