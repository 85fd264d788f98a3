"""Providers as a real HTTP server on this machine: each checks what the real one checks.

They check by their own reading of the public rules, not by our code.
"""

import base64
import hashlib
import hmac
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

WECOM_KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
DING_TOKEN, DING_SECRET = "f0a1c2", "SECthis-is-secret"
ALIYUN_ID, ALIYUN_SECRET = "testId", "testSecret"
GATEWAY_SECRET = "between-us"
SECRETS = (WECOM_KEY, DING_TOKEN, DING_SECRET, ALIYUN_SECRET, GATEWAY_SECRET)


@dataclass
class Got:
    """One request as it came."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


Behaviour = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Providers:
    """The server: what came, and how it is to misbehave next."""

    got: list[Got] = field(default_factory=list)
    next: list[Behaviour] = field(default_factory=list)
    now: Callable[[], float] = time.time
    url: str = ""


def wecom(got: Got) -> dict:
    if got.query.get("key") != WECOM_KEY:
        return {"errcode": 93000, "errmsg": f"invalid webhook url, hint: {got.query.get('key')}"}
    body = got.json
    if body["msgtype"] != "text" or not body["text"]["content"]:
        return {"errcode": 40008, "errmsg": "invalid message type"}
    if len(body["text"]["content"].encode()) > 2048:
        return {"errcode": 40058, "errmsg": "content exceed max length 2048"}
    if not all(isinstance(one, str) for one in body["text"]["mentioned_mobile_list"]):
        return {"errcode": 40058, "errmsg": "invalid mentioned_mobile_list"}
    return {"errcode": 0, "errmsg": "ok"}


def dingtalk(got: Got, now: float) -> dict:
    if got.query.get("access_token") != DING_TOKEN:
        return {"errcode": 300005, "errmsg": "token is not exist"}
    stamp = got.query.get("timestamp", "0")
    if abs(now * 1000 - int(stamp)) > 3_600_000:
        return {"errcode": 310000, "errmsg": "invalid timestamp"}
    made = hmac.new(DING_SECRET.encode(), f"{stamp}\n{DING_SECRET}".encode(), "sha256").digest()
    if not hmac.compare_digest(got.query.get("sign", ""), base64.b64encode(made).decode()):
        return {"errcode": 310000, "errmsg": "sign not match"}
    if got.json["msgtype"] != "text" or not isinstance(got.json["at"]["atMobiles"], list):
        return {"errcode": 400105, "errmsg": "unsupported msgtype"}
    return {"errcode": 0, "errmsg": "ok"}


def aliyun(got: Got, now: float, nonces: set[str]) -> dict:
    given = got.form
    signature = given.pop("Signature", "")

    def special(text: str) -> str:
        return quote(text, safe="").replace("+", "%20").replace("*", "%2A").replace("%7E", "~")

    query = "&".join(f"{special(k)}={special(v)}" for k, v in sorted(given.items()))
    made = hmac.new(
        f"{ALIYUN_SECRET}&".encode(), f"POST&%2F&{special(query)}".encode(), hashlib.sha1
    ).digest()
    if given.get("AccessKeyId") != ALIYUN_ID:
        return {"Code": "InvalidAccessKeyId.NotFound", "Message": "not found"}
    if base64.b64encode(made).decode() != signature:
        return {"Code": "SignatureDoesNotMatch", "Message": "…"}
    at = time.strptime(given["Timestamp"], "%Y-%m-%dT%H:%M:%SZ")
    if abs(now - (time.mktime(at) - time.timezone)) > 900:
        return {"Code": "InvalidTimeStamp.Expired", "Message": "…"}
    if given["SignatureNonce"] in nonces:
        return {"Code": "SignatureNonceUsed", "Message": "…"}
    nonces.add(given["SignatureNonce"])
    if (given["Action"], given["Version"]) != ("SendSms", "2017-05-25"):
        return {"Code": "InvalidAction.NotFound", "Message": "…"}
    if not given["TemplateCode"].startswith("SMS_"):
        return {"Code": "isv.SMS_TEMPLATE_ILLEGAL", "Message": "…"}
    if not all(isinstance(value, str) for value in json.loads(given["TemplateParam"]).values()):
        return {"Code": "isv.INVALID_JSON_PARAM", "Message": "…"}
    return {"Code": "OK", "Message": "OK", "BizId": "9006197469364984^0", "RequestId": "F655A8D5"}


def gateway(got: Got, now: float) -> dict:
    headers = got.headers
    stamp, key = headers["x-firegrid-timestamp"], headers["idempotency-key"]
    made = hmac.new(
        GATEWAY_SECRET.encode(), f"{stamp}\n{key}\n".encode() + got.body, "sha256"
    ).hexdigest()
    if made != headers["x-firegrid-signature"] or abs(now - int(stamp)) > 300:
        return {"ok": False, "code": "bad_signature"}
    if not got.json["phone"].startswith("1"):
        return {"ok": False, "code": "bad_number"}
    return {"ok": True, "id": "g-1"}


def serve(providers: Providers, tls: ssl.SSLContext | None = None) -> ThreadingHTTPServer:
    nonces: set[str] = set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            split = urlsplit(self.path)
            got = Got(
                split.path,
                {name: values[0] for name, values in parse_qs(split.query).items()},
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(int(self.headers.get("content-length", 0))),
            )
            providers.got.append(got)
            if providers.next:
                providers.next.pop(0)(self)
                return
            now = providers.now()
            answer = {
                "/cgi-bin/webhook/send": lambda: wecom(got),
                "/robot/send": lambda: dingtalk(got, now),
                "/": lambda: aliyun(got, now, nonces),
                "/sms": lambda: gateway(got, now),
            }[got.path]()
            say(200, answer)(self)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    providers.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    return server


def say(status: int, body: object, **headers: str) -> Behaviour:
    """Answer this whatever came; text goes as it is."""
    content = body.encode() if isinstance(body, str) else json.dumps(body).encode()

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return behave


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Take the request and close the line without a word."""
    handler.connection.shutdown(socket.SHUT_RDWR)


def drip(seconds: float) -> Behaviour:
    """Answer a byte at a time, for ever as far as we care."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        ends = time.monotonic() + seconds
        try:
            while time.monotonic() < ends:
                handler.wfile.write(b" ")
                time.sleep(0.05)
        except OSError:
            pass

    return behave


def silent(seconds: float) -> Behaviour:
    """Say nothing for so long."""
    return lambda handler: time.sleep(seconds)
