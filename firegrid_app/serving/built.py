"""What the built folder says about its pages: which addresses are pages, and what each may run."""

from dataclasses import dataclass
from pathlib import Path

from firegrid_app.serving.policy import page_policy, policy_of


@dataclass(frozen=True)
class BuiltPages:
    """Address of each page (without a closing slash) to its policy."""

    policies: dict[str, str]
    fallback: str
    """Of any other page: routes with a variable part, and "no such page"."""

    def is_page(self, path: str) -> bool:
        """Is there a prerendered page at this address?"""
        return _bare(path) in self.policies

    def policy(self, path: str) -> str:
        """What the page at this address may run."""
        return self.policies.get(_bare(path), self.fallback)


class LatestPages:
    """The pages of a folder that may be built again while a server runs: read anew by its stamp."""

    def __init__(self, folder: Path, stamp: Path) -> None:
        self._folder, self._stamp = folder, stamp
        self._read_at: int | None = None
        self._pages = BuiltPages({}, page_policy([]))

    def __call__(self) -> BuiltPages:
        """As they are now; while a build is going on, as they were."""
        try:
            built_at = self._stamp.stat().st_mtime_ns
        except OSError:
            return self._pages
        if built_at != self._read_at:
            self._pages = read_pages(self._folder)
            self._read_at = built_at
        return self._pages


def _bare(path: str) -> str:
    return path.rstrip("/") or "/"


def read_pages(folder: Path) -> BuiltPages:
    """Read the pages of a finished build."""
    policies = {}
    for file in folder.rglob("index.html"):
        inside = file.parent.relative_to(folder).as_posix()
        address = "/" if inside == "." else f"/{inside}"
        policies[address] = policy_of(file.read_text(encoding="utf-8"))
    other = folder / "404.html"
    fallback = policy_of(other.read_text(encoding="utf-8")) if other.exists() else page_policy([])
    return BuiltPages(policies, fallback)
