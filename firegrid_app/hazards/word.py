"""Papers of a hazard as a Word file: offices fill in, change and send them on from there."""

import io
from collections.abc import Mapping
from typing import Any

import segno
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from firegrid_app.hazards.one_cards import PaperCard
from firegrid_app.printing.rules import cleaned
from firegrid_app.texts import say

_FONT = "SimSun"
"""宋体, on every Chinese office computer; another takes its own."""


def word_paper(card: PaperCard, photos: Mapping[str, bytes], address: str, language: str) -> bytes:
    """The notice or the letter as .docx; words of people are text in it, whatever they say."""

    def t(key: str, **values: str) -> str:
        return say(f"papers.{key}", language, **values)

    fit = PaperCard(**cleaned(vars(card)) | {"photos": card.photos})
    document = _blank()
    _line(document, t(f"{fit.kind}.title"), WD_ALIGN_PARAGRAPH.CENTER, 20, bold=True)
    _line(document, t("number", number=fit.number), WD_ALIGN_PARAGRAPH.RIGHT)
    _line(document, f"{fit.to if fit.kind == 'transfer' else fit.place_name + '　　　　'}：")
    _line(document, t(f"{fit.kind}.opening", found=fit.found))
    category = say(f"hazards.category.{fit.category}", language)
    severity = say(f"hazards.severity.{fit.severity}", language)
    where = " ".join(filter(None, (fit.where, fit.where_words, fit.place_name)))
    said = {
        "where": where,
        "what": f"{category}（{severity}）",
        "words": fit.words,
        "basis": fit.basis,
        "due": fit.due,
        "why": fit.why if fit.kind == "transfer" else "",
    }
    rows = {name: words for name, words in said.items() if words}
    table = document.add_table(rows=len(rows), cols=2)
    table.style = "Table Grid"
    # Some programs go by the table's own columns, others by its cells.
    table.columns[0].width, table.columns[1].width = Mm(28), Mm(142)
    for row, (name, words) in zip(table.rows, rows.items(), strict=True):
        row.cells[0].width, row.cells[1].width = Mm(28), Mm(142)
        row.cells[0].paragraphs[0].add_run(t(name)).bold = True
        row.cells[1].paragraphs[0].add_run(words)
    _line(document, "")
    _line(document, t(f"{fit.kind}.asks", due=fit.due))
    if photos:
        paragraph = document.add_paragraph()
        for photo in photos.values():
            # Two beside each other, none higher than half a page.
            paragraph.add_run().add_picture(io.BytesIO(photo), width=Mm(80))
            paragraph.add_run(" ")
    _line(document, f"{fit.office}\n{fit.today}", WD_ALIGN_PARAGRAPH.RIGHT)
    _line(document, f"{t('signed')}＿＿＿＿＿＿＿＿", WD_ALIGN_PARAGRAPH.RIGHT)
    code = io.BytesIO()
    segno.make(address, error="m").save(code, kind="png", scale=8, border=4)
    code.seek(0)
    document.add_picture(code, width=Mm(26))
    _line(document, t("scan"), size=9)
    _line(document, t("no_penalty"), size=9)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _blank() -> Any:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    # The template is python-docx's own; who printed this and when is in the log, not in the file.
    document.core_properties.author = "FireGrid"
    return document


def _line(
    document: Any, words: str, align: Any = None, size: int = 12, *, bold: bool = False
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(words)
    run.font.size, run.bold = Pt(size), bold
