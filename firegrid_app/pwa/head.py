"""What stands in the head of every page: manifest, icons, colours, the worker's registration."""

import reflex as rx

_REGISTER = """
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}
"""


def head() -> list[rx.Component]:
    """Head components for `rx.App`."""
    return [
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        rx.el.link(rel="icon", href="/icons/icon-192.png", type="image/png"),
        rx.el.link(rel="apple-touch-icon", href="/icons/apple-touch-icon.png"),
        rx.el.meta(name="theme-color", content="#f5f3ee", media="(prefers-color-scheme: light)"),
        rx.el.meta(name="theme-color", content="#0e1514", media="(prefers-color-scheme: dark)"),
        rx.el.meta(name="format-detection", content="telephone=no"),
        rx.el.script(_REGISTER),
    ]
