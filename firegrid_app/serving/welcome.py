"""What the terminal shows once the server answers: addresses, a code to scan, who to log in as."""

import io
import unicodedata

import segno

from firegrid_app.serving.accounts import PilotAccount
from firegrid_app.serving.machine import EVERYWHERE
from firegrid_app.texts import say

_NO_HTTPS = (
    "手机经 http 打开时，浏览器不给离线、相机、定位；试用请运行 make run HTTPS=1。\n"
    "Over plain http a phone gets no offline mode, camera or location: `make run HTTPS=1`."
)
_ONLY_HERE = (
    "只有这台机器能打开；要让手机打开，请运行 make run HOST=0.0.0.0。\n"
    "Only this machine can open it; for phones: `make run HOST=0.0.0.0`."
)
_TRUST = (
    "手机第一次用：先扫这个码安装并信任本地证书，再扫上面的码。\n"
    "A phone's first time: scan this one to install and trust the local root, then the one above."
)


def qr(address: str) -> str:
    """The address as a code for a terminal, in half blocks."""
    out = io.StringIO()
    segno.make(address, error="l", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue()


def address_of(scheme: str, host: str, port: int) -> str:
    """A web address; the usual port is left out."""
    usual = {"http": 80, "https": 443}[scheme]
    bare = f"[{host}]" if ":" in host else host
    return f"{scheme}://{bare}" + ("" if port == usual else f":{port}") + "/"


def addresses(scheme: str, host: str, port: int, local: list[str]) -> tuple[str, list[str]]:
    """The address on this machine, and those for phones."""
    if host in EVERYWHERE:
        here = address_of(scheme, "localhost", port)
        return here, [address_of(scheme, one, port) for one in local]
    here = address_of(scheme, host, port)
    return here, [here] if host in local else []


def _padded(text: str, width: int) -> str:
    used = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
    return text + " " * max(0, width - used)


def account_lines(accounts: list[PilotAccount], password: str) -> list[str]:
    """One line a role, in columns."""
    lines = [f"演练账号，密码都是 / Pilot accounts, the password of all is  {password}"]
    for account in accounts:
        role = f"{say(f'access.role.{account.role}')} {say(f'access.role.{account.role}', 'en')}"
        lines.append(
            f"  {_padded(role, 36)}{account.phone}  {_padded(account.name, 10)}{account.grid}"
        )
    return lines


def welcome(
    *,
    here: str,
    phones: list[str],
    accounts: list[PilotAccount],
    password: str,
    trust: str = "",
) -> str:
    """Everything at once, as printed when the server answers."""
    lines = ["", f"FireGrid  {here}"]
    if phones:
        lines += [f"手机 / phones  {'  '.join(phones)}", qr(phones[0]).rstrip("\n")]
        if trust:
            lines += [_TRUST, f"  {trust}", qr(trust).rstrip("\n")]
        elif phones[0].startswith("http:"):
            lines.append(_NO_HTTPS)
    else:
        lines.append(_ONLY_HERE)
    if accounts:
        lines += ["", *account_lines(accounts, password)]
    return "\n".join([*lines, "", "Ctrl+C 停止 / stops", ""])
