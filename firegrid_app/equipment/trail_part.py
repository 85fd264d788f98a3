"""The desk's trail of one piece: who looked at it or tested it, and what they found."""

import reflex as rx

from firegrid_app.equipment.cards import CheckLine, EquipmentRow
from firegrid_app.ui.text import as_var, t, t_of


def trail(row: rx.Var[EquipmentRow]) -> rx.Component:
    """Folded; nothing at all where nobody has looked."""
    lines = as_var(row.trail)
    return rx.cond(
        lines.length() > 0,
        rx.el.details(
            rx.el.summary(t("equipment.trail", count=lines.length())),
            rx.el.ul(rx.foreach(row.trail, _line), class_name="fg-list"),
        ),
    )


def _line(line: CheckLine) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            as_var(line.on),
            " · ",
            as_var(line.who),
            " · ",
            rx.cond(line.tested, t("equipment.trail.tested"), t("equipment.trail.looked")),
            " · ",
            t_of("equipment.found.", line.found),
            rx.cond(line.note != "", "：" + as_var(line.note), ""),
            rx.cond(
                line.hazard != "",
                rx.fragment(" · ", t_of("hazards.status.", line.hazard)),
            ),
        ),
        rx.cond(
            as_var(line.photos).length() > 0,
            rx.el.div(rx.foreach(line.photos, _photo), class_name="fg-photos"),
        ),
        key=line.id,
    )


def _photo(one: rx.Var[str]) -> rx.Component:
    address = "/api/photos/" + one
    return rx.el.a(
        rx.el.img(src=address + "/thumbnail", alt=t("equipment.photo_of"), loading="lazy"),
        href=address + "/screen",
        target="_blank",
        rel="noopener",
        class_name="fg-photo",
        key=one,
    )
