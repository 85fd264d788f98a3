"""The press: words come out as they are, fonts lie inside, and nobody waits for ever."""

import io
import threading
import time

import pypdf
import pytest

from firegrid_app.printing import press
from firegrid_app.printing.press import pressed
from firegrid_app.printing.rules import MOST_WORDS, fit_for_paper
from firegrid_app.refusals import Refused

HOSTILE = '#read("/etc/passwd") *b* $1$ <x> \\ `a` // @y [[{time}]] #{ 1 + 1 }'


def printed(template="words.typ", languages=("zh_CN",), pictures=None, **card):
    pdf = pressed(
        __file__, template, card, rooms=("boards",), languages=languages, pictures=pictures
    )
    return pypdf.PdfReader(io.BytesIO(pdf))


def words_of(document):
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def test_words_come_out_as_they_were_typed():
    said = words_of(printed(name=HOSTILE))
    assert said.count(HOSTILE) == 2


def test_rare_characters_and_hangul_are_letters_of_the_font():
    said = words_of(printed(name="𠮷野家 龘 鿍 화재 격자 Ünïted"))
    assert "𠮷野家 龘 鿍 화재 격자 Ünïted" in said


def test_every_font_lies_inside_the_file_with_only_the_letters_in_use():
    pdf = pressed(__file__, "words.typ", {"name": "第一网格"}, rooms=("boards",))
    fonts = {}
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[inner["/BaseFont"]] = "/FontFile3" in inner["/FontDescriptor"]
    assert len(fonts) == 2
    assert all(fonts.values())
    assert all("NotoSansCJK" in name and name[7] == "+" for name in fonts)
    assert len(pdf) < 30_000


def test_two_languages_stand_one_below_the_other():
    said = words_of(printed(name="甲", languages=("zh_CN", "en")))
    assert said.index("火警 119") < said.index("Fire: 119")
    assert "有效到 甲" in said


@pytest.mark.parametrize("name", ["网" * 200, "W" * 200, "김" * 200, "一 W" * 60])
def test_a_name_of_200_characters_is_cut_where_one_sees_it(name):
    document = printed("tag.typ", name=name)
    assert len(document.pages) == 1
    said = words_of(document).replace("\u200b", "")
    assert said.endswith("…")
    assert len(said) > 10


def test_a_name_that_fits_when_smaller_is_whole():
    name = "延吉市北山街道丹进社区第一网格消防安全"
    assert words_of(printed("tag.typ", name=name)).replace(" ", "") == name


def test_pictures_are_set_and_what_is_none_is_refused():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0L9 9V0z"/></svg>'
    document = printed("picture.typ", pictures={"map.svg": svg}, file="map.svg")
    assert list(document.pages[0].images) == []
    with pytest.raises(Refused, match=r"printing\.failed"):
        printed("picture.typ", pictures={"map.svg": b"no picture"}, file="map.svg")
    with pytest.raises(Refused, match=r"printing\.failed"):
        printed("picture.typ", file="../../../../etc/passwd")


def test_a_template_with_a_fault_is_refused_not_printed():
    with pytest.raises(Refused, match=r"printing\.failed"):
        printed("broken.typ", name="x")


def test_a_paper_that_never_ends_is_stopped_and_the_press_goes_on(monkeypatch):
    monkeypatch.setattr(press, "DEADLINE", 1)
    with pytest.raises(Refused, match=r"printing\.failed"):
        printed("endless.typ", name="x")
    monkeypatch.setattr(press, "DEADLINE", 30)
    assert printed(name="下一张").pages


def test_too_much_for_one_paper_is_refused_before_it_is_set(monkeypatch):
    monkeypatch.setattr(press, "MOST_BYTES", 10_000)
    with pytest.raises(Refused, match=r"printing\.failed"):
        printed(name="x", pictures={"big.png": b"0" * 10_001})


def test_one_prints_at_a_time_and_a_long_line_is_told_to_come_back(monkeypatch):
    monkeypatch.setattr(press, "MOST_WAITING", 2)
    running, most = [], []
    gate = threading.Event()

    def slow(files, to):
        running.append(1)
        most.append(len(running))
        gate.wait(5)
        running.pop()
        return b"%PDF"

    monkeypatch.setattr(press, "_set", slow)
    answers = []

    def ask():
        try:
            answers.append(pressed(__file__, "words.typ", {"name": "x"}, rooms=("boards",)))
        except Refused as refused:
            answers.append(refused.code)

    threads = []
    for _ in range(4):
        threads.append(threading.Thread(target=ask))
        threads[-1].start()
        time.sleep(0.1)
    gate.set()
    for thread in threads:
        thread.join(5)
    assert sorted(map(str, answers)) == ["b'%PDF'", "b'%PDF'", "b'%PDF'", "printing.busy"]
    assert max(most) == 1


def test_who_waits_too_long_is_told_so(monkeypatch):
    monkeypatch.setattr(press, "PATIENCE", 0.05)
    with press._turn(), pytest.raises(Refused, match=r"printing\.busy"), press._turn():
        pass


async def _from_the_loop():
    printed(name="x")


def test_it_never_runs_on_the_event_loop():
    import asyncio

    with pytest.raises(RuntimeError, match="plain def"):
        asyncio.run(_from_the_loop())


def test_unseen_characters_leave_and_line_breaks_stay():
    assert fit_for_paper("a\u202eb\x00c\r\nd\ud800e\u0301") == "abc\ndé"
    assert fit_for_paper("长" * 5000) == "长" * (MOST_WORDS - 1) + "…"
