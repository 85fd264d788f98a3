"""Disks of our own: one whose power can be cut, one that is small. Needs the right to mount."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.rig.machine import CannotMeasure


@dataclass(frozen=True)
class Disk:
    """A mounted image: what was flushed to it is in the image, what was only written is not."""

    image: Path
    mount: Path

    @contextmanager
    def after_power_cut(self, folder: Path) -> Iterator[Path]:
        """The disk as it would be found if the power had gone now, mounted elsewhere.

        Whoever writes to the disk has to be stopped meanwhile: a copy takes a moment.
        """
        copy, there = folder / "cut.img", folder / "cut"
        _run("cp", "--sparse=always", str(self.image), str(copy))
        there.mkdir(exist_ok=True)
        with _mounted(["-o", "loop", str(copy)], there):
            yield there
        copy.unlink()


@contextmanager
def ext4_disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """An ext4 of its own on a loop device."""
    image, mount = folder / "disk.img", folder / "disk"
    mount.mkdir(parents=True, exist_ok=True)
    with image.open("wb") as file:
        os.truncate(file.fileno(), megabytes << 20)
    _run("mkfs.ext4", "-q", str(image))
    with _mounted(["-o", "loop", str(image)], mount):
        yield Disk(image, mount)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk in memory that is soon full; `enlarge` makes room."""
    folder.mkdir(parents=True, exist_ok=True)
    with _mounted(["-t", "tmpfs", "-o", f"size={megabytes}m", "bench"], folder):
        yield folder


def enlarge(mount: Path, megabytes: int) -> None:
    """Make room on a small disk, under whoever works on it."""
    _run("mount", "-o", f"remount,size={megabytes}m", str(mount))


def free_bytes(folder: Path) -> int:
    """What fits on the disk of this folder."""
    return shutil.disk_usage(folder).free


@contextmanager
def _mounted(what: list[str], where: Path) -> Iterator[None]:
    _run("mount", *what, str(where))
    try:
        yield
    finally:
        # A server that was killed just now may still hold a file for a moment.
        if subprocess.run(["umount", str(where)], capture_output=True).returncode:
            _run("umount", "--lazy", str(where))


def _run(*command: str) -> None:
    try:
        ended = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:
        raise CannotMeasure(f"there is no {command[0]} here") from None
    if ended.returncode:
        raise CannotMeasure(
            f"{command[0]} is not permitted here (root and loop devices are needed):"
            f" {ended.stderr.strip()[:200]}"
        )
