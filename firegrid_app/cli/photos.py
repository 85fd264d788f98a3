"""Holds the photo store against the records: what is missing, what nobody names."""

from collections.abc import Callable

from firegrid_app import clock
from firegrid_app.photos.orphans import look_through


def sweep(say: Callable[[str], None], *, remove: bool) -> bool:
    """Say what was found, remove orphans with `remove`; is every kept photo there?"""
    found = look_through(clock.now(), remove=remove)
    say(
        f"{found.files} 个文件，无主 {found.orphans} 个（{found.orphan_bytes} 字节），"
        f"已删除 {found.removed} 个"
        f" / {found.files} files, {found.orphans} of nobody ({found.orphan_bytes} bytes),"
        f" {found.removed} removed."
    )
    if found.foreign:
        say(
            f"! {found.foreign} 个文件不是本系统的，未动"
            f" / {found.foreign} files are none of ours and were left alone."
        )
    if found.missing:
        say(
            f"✗ {found.missing} 张照片的原件不在照片库里，请从备份恢复"
            f" / The originals of {found.missing} photos are not in the store:"
            " restore them from a backup."
        )
    return not found.missing
