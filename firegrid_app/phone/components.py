"""The phone's React components by their Python names; each is one screen or one piece of one."""

import reflex as rx


class PhoneComponent(rx.Component):
    """A component of our own, bundled with the page that shows it."""

    def add_imports(self) -> dict[str, list[str]]:
        """Nothing beyond the component's own module."""
        return {}


class Probe(PhoneComponent):
    library = "$/phone/probe.jsx"
    tag = "Probe"
