"""Group robots: WeCom's (企业微信群机器人) and DingTalk's (钉钉自定义机器人).

A robot posts into one group. Both take 20 messages a minute, so people who get the same words get
one post that names them all by number (the app shows names). Answers: `errcode`, 0 is good.
"""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote_plus

from firegrid_app.messages.channels.letter import Letter, NotSent, Outcome, Sent
from firegrid_app.messages.channels.posting import post, said
from firegrid_app.messages.rules import Reason, nearest

_JSON = {"Content-Type": "application/json; charset=utf-8"}
MOST_NAMED = 50
"""People named in one post; nobody finds themselves in a longer row."""
WECOM_BYTES = 2048
"""Of a text (developer.work.weixin.qq.com, path 91770)."""
WECOM_WAIT = timedelta(minutes=1)
WECOM_TOO_MANY = frozenset({45009, 45033})
BUSY = -1
"""Both say so of themselves."""
DINGTALK_WAIT = timedelta(minutes=10)
"""So long a robot is silenced that was too quick."""
DINGTALK_TOO_MANY = frozenset({130101})


class WeComRobot:
    """Posts text to the group of the nearest grid; the key stands in the address."""

    most_together = MOST_NAMED

    def __init__(self, url: str, keys: dict[str, str]) -> None:
        self._url, self._keys = url.rstrip("/"), keys

    def group(self, path: str) -> str:
        """The grid the robot of this path's group is set for."""
        return nearest(self._keys, path)

    def send(self, letter: Letter, now: datetime) -> Outcome:
        """Post, naming the people by number."""
        key = self._keys.get(self.group(letter.path), "")
        if not key:
            return NotSent(Reason.NOT_SET_UP)
        content = {
            "msgtype": "text",
            "text": {
                "content": cut(letter.text, WECOM_BYTES),
                "mentioned_mobile_list": list(letter.phones),
            },
        }
        url = f"{self._url}/cgi-bin/webhook/send?key={quote_plus(key)}"
        answer = _post(url, content)
        if isinstance(answer, NotSent):
            return answer
        return _outcome(answer, WECOM_TOO_MANY, WECOM_WAIT)


class DingTalkRobot:
    """The same for DingTalk, with a signature over the moment (加签)."""

    most_together = MOST_NAMED

    def __init__(self, url: str, robots: dict[str, str]) -> None:
        self._url, self._robots = url.rstrip("/"), robots

    def group(self, path: str) -> str:
        """The grid the robot of this path's group is set for."""
        return nearest(self._robots, path)

    def send(self, letter: Letter, now: datetime) -> Outcome:
        """Post, naming the people by number."""
        robot = self._robots.get(self.group(letter.path), "")
        token, _, secret = robot.partition(":")
        if not token or not secret:
            return NotSent(Reason.NOT_SET_UP)
        content = {
            "msgtype": "text",
            "text": {"content": letter.text},
            "at": {"atMobiles": list(letter.phones), "isAtAll": False},
        }
        timestamp = str(round(now.timestamp() * 1000))
        signed = quote_plus(dingtalk_signature(timestamp, secret))
        query = f"access_token={quote_plus(token)}&timestamp={timestamp}&sign={signed}"
        answer = _post(f"{self._url}/robot/send?{query}", content)
        if isinstance(answer, NotSent):
            return answer
        return _outcome(answer, DINGTALK_TOO_MANY, DINGTALK_WAIT)


def dingtalk_signature(timestamp: str, secret: str) -> str:
    """HMAC-SHA256 of `timestamp newline secret` by the secret, in Base64."""
    signed = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256)
    return base64.b64encode(signed.digest()).decode()


def cut(text: str, most: int) -> str:
    """At most so many bytes of UTF-8, no sign cut in two."""
    return text.encode()[:most].decode(errors="ignore")


def _post(url: str, content: dict[str, Any]) -> dict[str, Any] | NotSent:
    answer = post(url, json.dumps(content, ensure_ascii=False).encode(), _JSON)
    return answer if isinstance(answer, NotSent) else answer.body


def _outcome(body: dict[str, Any], too_many: frozenset[int], wait: timedelta) -> Outcome:
    code = body.get("errcode")
    if not isinstance(code, int) or isinstance(code, bool):
        return NotSent(Reason.NOT_UNDERSTOOD)
    if code == 0:
        return Sent()
    if code in too_many:
        return NotSent(Reason.TOO_MANY, said(code), wait)
    # The words beside the code may repeat the key: only the code is kept.
    return NotSent(Reason.PROVIDER_FAULT if code == BUSY else Reason.REFUSED, said(code))
