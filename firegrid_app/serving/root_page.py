"""A plain-http page beside an https server: a phone fetches the root certificate there first."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PATH = "/firegrid-root.crt"
MEDIA_TYPE = "application/x-x509-ca-cert"

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>FireGrid</title>
<style>body{{max-width:34em;margin:0 auto;padding:24px 20px;font:18px/1.6 system-ui,sans-serif}}
a{{display:block;margin:16px 0;padding:12px 16px;min-height:24px;border-radius:8px;
background:#7a1f16;color:#fff;text-align:center;text-decoration:none}}
a+a{{background:#1f4a3a}}</style></head><body>
<h1>信任本地证书</h1>
<p>只用于试用：装过的手机会相信这台机器签的证书，试用完请删除。</p>
<p>安卓：下载后到 设置 → 安全 → 加密与凭据 → 安装证书 → CA 证书。<br>
苹果：下载后到 设置 → 已下载描述文件 安装，再到 通用 → 关于本机 → 证书信任设置 打开。</p>
<a href="{path}">1 下载证书 / Download the certificate</a>
<a href="{app}">2 打开 FireGrid / Open FireGrid</a>
<h2 lang="en">Trust the local certificate</h2>
<p lang="en">For a trial only: a phone with it believes any certificate signed by this machine;
remove it afterwards. Android: Settings → Security → Encryption → Install a certificate → CA.
iPhone: Settings → Profile downloaded, then General → About → Certificate Trust Settings.</p>
</body></html>
"""


def make_server(host: str, port: int, certificate: Path, https_port: int) -> ThreadingHTTPServer:
    """A server of the certificate and of the words about it; nothing else is answered."""
    body = certificate.read_bytes()

    class Handler(BaseHTTPRequestHandler):
        timeout = 10
        server_version = "FireGrid"
        sys_version = ""

        def do_GET(self) -> None:
            if self.path == PATH:
                self._answer(200, MEDIA_TYPE, body)
            elif self.path == "/":
                self._answer(200, "text/html; charset=utf-8", self._words())
            else:
                self._answer(404, "text/plain; charset=utf-8", b"404\n")

        do_HEAD = do_GET

        def _words(self) -> bytes:
            named = self.headers.get("host", "").rsplit(":", 1)[0]
            # The name comes from the caller and goes into a page: only what a host may be.
            host = named if all(c.isalnum() or c in ".-[]:" for c in named) else "localhost"
            return _PAGE.format(path=PATH, app=f"https://{host}:{https_port}/").encode()

        def _answer(self, status: int, media_type: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Cache-Control", "no-cache")
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Nobody needs to know who fetched it."""

    return ThreadingHTTPServer((host, port), Handler)
