"""SMS: Alibaba Cloud's SendSms (阿里云短信服务), or any gateway that takes a signed request.

In mainland China an SMS is an approved template with its gaps filled, so Alibaba Cloud gets the
figures, not our words. A gateway gets both (docs/messages.md says how it checks the signature).
"""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode
from uuid import uuid4

from firegrid_app.messages.channels.letter import Letter, NotSent, Outcome, Sent
from firegrid_app.messages.channels.posting import post, said
from firegrid_app.messages.rules import Reason

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TOO_MANY = frozenset(
    {"isv.BUSINESS_LIMIT_CONTROL", "isv.DAY_LIMIT_CONTROL", "Throttling", "Throttling.User"}
)
"""A number got too many, or we asked too often. A day's limit is not over in an hour."""
WAIT = timedelta(hours=1)
BUSY = frozenset({"isp.SYSTEM_ERROR", "ServiceUnavailable"})


def aliyun_signature(method: str, given: dict[str, str], secret: str) -> str:
    """Signature of an RPC request, version 1.0: HMAC-SHA1 over the sorted query, in Base64."""
    query = "&".join(f"{_encoded(name)}={_encoded(given[name])}" for name in sorted(given))
    signed = f"{method}&{_encoded('/')}&{_encoded(query)}"
    found = hmac.new(f"{secret}&".encode(), signed.encode(), hashlib.sha1)
    return base64.b64encode(found.digest()).decode()


def _encoded(text: str) -> str:
    # RFC 3986: blank is %20, the tilde stays.
    return quote(text, safe="~")


class AliyunSms:
    """One SMS to one number."""

    most_together = 1

    def __init__(self, url: str, key: str, sign: str, templates: dict[str, str]) -> None:
        self._url = url.rstrip("/") + "/"
        self._id, _, self._secret = key.partition(":")
        self._sign, self._templates = sign, templates

    def group(self, path: str) -> str:
        """Nobody reads it but the one it is for."""
        return ""

    def send(self, letter: Letter, now: datetime) -> Outcome:
        """Send the template of the letter's purpose with its gaps filled."""
        template = self._templates.get(letter.purpose)
        if not (template and self._sign and self._secret):
            return NotSent(Reason.NOT_SET_UP)
        given = {
            "Action": "SendSms",
            "Version": "2017-05-25",
            "RegionId": "cn-hangzhou",
            "Format": "JSON",
            "AccessKeyId": self._id,
            "SignatureMethod": "HMAC-SHA1",
            "SignatureVersion": "1.0",
            "SignatureNonce": str(uuid4()),
            "Timestamp": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "PhoneNumbers": letter.phones[0],
            "SignName": self._sign,
            "TemplateCode": template,
            "TemplateParam": json.dumps(letter.gaps, ensure_ascii=False),
            "OutId": letter.key,
        }
        given["Signature"] = aliyun_signature("POST", given, self._secret)
        answer = post(self._url, urlencode(given).encode(), _FORM)
        if isinstance(answer, NotSent):
            return answer
        code = answer.body.get("Code")
        if not isinstance(code, str):
            return NotSent(Reason.NOT_UNDERSTOOD)
        if code == "OK":
            return Sent(said(answer.body.get("BizId")))
        if code in TOO_MANY:
            return NotSent(Reason.TOO_MANY, said(code), WAIT)
        return NotSent(Reason.PROVIDER_FAULT if code in BUSY else Reason.REFUSED, said(code))


class SmsGateway:
    """POST of JSON, signed over moment, key and body with HMAC-SHA256."""

    most_together = 1

    def __init__(self, url: str, secret: str) -> None:
        self._url, self._secret = url, secret

    def group(self, path: str) -> str:
        """Nobody reads it but the one it is for."""
        return ""

    def send(self, letter: Letter, now: datetime) -> Outcome:
        """Hand it over; `{"ok": true, "id": …}` is sent, `{"ok": false, "code": …}` refused."""
        body = json.dumps(
            {
                "phone": letter.phones[0],
                "text": letter.text,
                "purpose": letter.purpose,
                "gaps": letter.gaps,
            },
            ensure_ascii=False,
        ).encode()
        timestamp = str(int(now.timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "X-FireGrid-Timestamp": timestamp,
            "X-FireGrid-Signature": gateway_signature(self._secret, timestamp, letter.key, body),
            "Idempotency-Key": letter.key,
        }
        answer = post(self._url, body, headers)
        if isinstance(answer, NotSent):
            return answer
        if answer.body.get("ok") is True and answer.status < 400:
            return Sent(said(answer.body.get("id")))
        if answer.body.get("ok") is False or answer.status >= 400:
            code = said(answer.body.get("code")) or f"HTTP {answer.status}"
            return NotSent(Reason.REFUSED, code)
        return NotSent(Reason.NOT_UNDERSTOOD, f"HTTP {answer.status}")


def gateway_signature(secret: str, timestamp: str, key: str, body: bytes) -> str:
    """HMAC-SHA256 of `timestamp newline key newline body` in hex."""
    signed = f"{timestamp}\n{key}\n".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
