"""What stands in the head of every page: manifest, icons, colours, the worker's registration."""

import reflex as rx

# A page that was on its way while the worker took over has been passed by: it asks to be taken in,
# else its later files would not come from the worker's cache.
_REGISTER = """
if ("serviceWorker" in navigator) {
  const worker = navigator.serviceWorker;
  addEventListener("load", () => worker.register("/sw.js").catch(() => {}));
  worker.ready.then((registration) => {
    if (!worker.controller) registration.active.postMessage("take me in");
  });
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
