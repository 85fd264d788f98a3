"""Every setting of a FireGrid server, read once from the environment; unsafe values are refused.

What a validator says is in Chinese and English, " / " between: whoever starts the server reads it.
"""

from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from firegrid_app.map_settings import MapSettings
from firegrid_app.message_settings import MessageSettings


class Settings(MessageSettings, MapSettings):
    """One frozen set of settings; the environment variable of `x` is `FIREGRID_X`."""

    model_config = SettingsConfigDict(env_prefix="FIREGRID_", frozen=True, extra="ignore")

    mode: Literal["pilot", "production"] = "pilot"
    """`production` refuses to start while pilot accounts exist, and wants `public_url`."""
    data_dir: Path = Path("data")
    """Folder of the SQLite file, the photos and the local certificates."""
    database_url: str = ""
    """SQLAlchemy address; empty means SQLite at `data_dir/firegrid.db`."""
    redis_url: str = ""
    """Redis for the desk pages' state when several workers serve; empty keeps it in the process."""
    photo_store: str = ""
    """`s3://bucket/prefix` (credentials by the usual AWS variables) or a folder; empty means
    `data_dir/photos`."""
    no_photo_strip: Annotated[frozenset[str], NoDecode] = frozenset()
    """Codes of the grids where no strip of time, place and name is drawn under photos, commas
    between; `*` for everywhere. A street's code covers all of it."""
    backup_dir: Path | None = None
    """Folder that gets a backup every night; better on another disk. Empty: none by itself."""
    backup_keep: int = Field(default=14, ge=1, le=1000)
    """How many backups stay; older ones leave, and with them what was erased since."""
    public_url: str = ""
    """The address people use, e.g. `https://firegrid.example.cn`."""
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Further web origins that may call this server with a visitor's cookie; commas between."""
    timezone: str = "Asia/Shanghai"
    """Where a workday begins and ends."""
    longest_gap_minutes: int = Field(default=60, ge=10, le=240)
    """A longer stretch of a patrol without a record counts only by the member's word (YC-33)."""
    session_days: int = Field(default=30, ge=1, le=90)
    """A log-in unused for this long ends."""
    trusted_proxies: int = Field(default=0, ge=0, le=5)
    """How many reverse proxies stand in front; only then is X-Forwarded-For believed."""
    supervision_phone: str = "12345"
    """Posted where a grid has no supervision line of its own (YC-60)."""
    host: str = "0.0.0.0"  # noqa: S104 - phones of the network are meant to reach it
    port: int = Field(default=8000, ge=1, le=65535)
    workers: int = Field(default=1, ge=1, le=32)
    https: bool = False
    """Serve with a certificate of a local authority made on the spot; for trials in one network."""
    log_level: Literal["debug", "info", "warning", "error"] = "warning"

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
        return value

    @field_validator("no_photo_strip", mode="before")
    @classmethod
    def _split_codes(cls, value: Any) -> Any:
        if isinstance(value, str):
            return frozenset(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("backup_dir", mode="before")
    @classmethod
    def _nowhere(cls, value: Any) -> Any:
        return value or None

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("没有这个时区 / there is no such time zone") from error
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value.startswith("postgres://"):
            value = "postgresql://" + value.removeprefix("postgres://")
        if value.startswith("postgresql://"):
            value = "postgresql+psycopg://" + value.removeprefix("postgresql://")
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError(
                "只支持 sqlite:/// 或 postgresql:// / it must be sqlite:/// or postgresql://"
            )
        return value

    @model_validator(mode="after")
    def _safe_together(self) -> Self:
        if self.mode == "production" and not self.public_url.startswith("https://"):
            raise ValueError(
                "正式环境要设置 https:// 开头的 FIREGRID_PUBLIC_URL"
                " / production wants FIREGRID_PUBLIC_URL with https://"
            )
        if self.mode == "production" and self.messages_by_plain_http:
            raise ValueError(
                "正式环境不能设置 FIREGRID_MESSAGES_BY_PLAIN_HTTP"
                " / production refuses FIREGRID_MESSAGES_BY_PLAIN_HTTP"
            )
        if self.mode == "production" and self.base_map == "osm":
            raise ValueError(
                "OpenStreetMap 的公共服务器只供开发试用，没有审图号；正式环境请换底图"
                " / OpenStreetMap's own server is for trials and has no 审图号:"
                " production wants another base map"
            )
        if self.mode == "production" and self.base_map and not self.map_approval_no:
            raise ValueError(
                "正式环境的底图要标审图号，设置 FIREGRID_MAP_APPROVAL_NO"
                " / a base map in production shows its 审图号: set FIREGRID_MAP_APPROVAL_NO"
            )
        if self.workers > 1 and not self.redis_url:
            raise ValueError(
                "多个进程要设置 FIREGRID_REDIS_URL / several workers need FIREGRID_REDIS_URL"
            )
        return self

    @property
    def database(self) -> str:
        """The SQLAlchemy address in force."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'firegrid.db').as_posix()}"

    @property
    def longest_gap(self) -> timedelta:
        """The longest stretch without a record that counts by itself."""
        return timedelta(minutes=self.longest_gap_minutes)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the workday."""
        return ZoneInfo(self.timezone)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process. Tests clear the cache after changing the environment."""
    return Settings()
