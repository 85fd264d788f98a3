"""The form of residents: no account, no script; everything capped, nothing filled in is lost."""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image
from sqlmodel import select

from firegrid_app.database import reading
from firegrid_app.photos import processing
from firegrid_app.photos.tables import OF_A_REPORT, Photo
from firegrid_app.residents import api, incoming, reporting
from firegrid_app.residents.rules import MOST_PHOTOS, OFFERED
from firegrid_app.residents.tables import ReportKey, ResidentReport
from firegrid_app.settings import settings
from tests.cast import COMMUNITY, STREET, A
from tests.photos.pictures import clean_jpeg
from tests.residents.sending import form, with_photos

ADDRESS = f"/g/{A}/report"


@pytest.fixture(autouse=True)
def _patient():
    for limiter in (api.TRIES, api.REPORTS, api.LOOKS):
        limiter.forget()
    yield
    for limiter in (api.TRIES, api.REPORTS, api.LOOKS):
        limiter.forget()


def rows(table):
    with reading() as session:
        found = session.exec(select(table)).all()
        session.expunge_all()
        return found


def reports():
    return rows(ResidentReport)


def photos():
    return rows(Photo)


def send(client, files, address=ADDRESS):
    return client.post(address, files=files, follow_redirects=False)


def test_the_form_is_light_needs_no_script_and_is_kept_by_the_browser(cast, client):
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    css = 31_000
    assert len(answer.content) + css < 60_000
    assert "<script" not in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "form-action 'self'" in answer.headers["content-security-policy"]
    assert "max-age=300" in answer.headers["cache-control"]
    assert "noindex" in answer.headers["x-robots-tag"]
    again = client.get(ADDRESS, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert all(f'value="{code}"' in answer.text for code in OFFERED)


@pytest.mark.parametrize(("lang", "words"), [("zh_CN", "看到了什么"), ("en", "What did you see")])
def test_it_speaks_the_language_asked_for_and_goes_on_in_it(cast, client, lang, words):
    page = client.get(f"{ADDRESS}?lang={lang}").text
    assert words in page
    assert f'action="{ADDRESS}?lang={lang}"' in page


@pytest.mark.parametrize("code", [STREET, "nowhere", "500118003001999"])
def test_only_communities_and_small_grids_have_one(cast, client, code):
    assert client.get(f"/g/{code}/report").status_code == 404
    assert send(client, form(), f"/g/{code}/report").status_code == 404
    assert reports() == []


def test_a_report_waits_and_its_maker_is_sent_on_to_it(cast, client):
    answer = send(client, with_photos(clean_jpeg(), phone="138 0000 9999", name="王阿姨"))
    assert answer.status_code == 303
    assert "no-store" in answer.headers["cache-control"]
    (report,) = reports()
    assert (report.standing, report.category, report.where_words) == (
        "waiting",
        "route_blocked",
        "3栋2单元4楼",
    )
    assert (report.name, report.phone, report.photos) == ("王阿姨", "13800009999", 1)
    (photo,) = photos()
    assert (photo.record_kind, photo.record_id, photo.person_id) == (OF_A_REPORT, report.id, None)
    assert photo.stored_at is not None
    page = client.get(answer.headers["location"])
    assert page.status_code == 200
    assert "王阿姨" not in page.text
    assert "13800009999" not in page.text
    assert re.search(r"<b>\d{4} \d{4}</b>", page.text)


def test_a_community_takes_reports_too(cast, client):
    assert send(client, form(), f"/g/{COMMUNITY}/report").status_code == 303


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"category": ""}, "看到了什么"),
        ({"category": "sandwich_panel"}, "看到了什么"),
        ({"where_words": " "}, "在哪里"),
        ({"category": "other", "words": "  "}, "说明是什么情况"),
        ({"phone": "not a phone"}, "电话号码不对"),
        ({"phone": "１３８００００９９９９"}, "电话号码不对"),
        ({"words": "字" * 501}, "500"),
        ({"where_words": "字" * 121}, "120"),
        ({"website": "http://example.com"}, "留空"),
    ],
)
def test_what_is_refused_comes_back_filled_in(cast, client, changes, words):
    answer = send(client, form(**{"words": "请快来看看"} | changes))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert words in answer.text
    if "where_words" not in changes:
        assert "3栋2单元4楼" in answer.text
    assert reports() == []


def test_hostile_words_come_back_as_words(cast, client):
    answer = send(client, form(category="", where_words='"><script>alert(1)</script>'))
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_too_many_photos_are_told_with_the_words_kept(cast, client):
    answer = send(client, with_photos(*[clean_jpeg()] * (MOST_PHOTOS + 1)))
    assert (answer.status_code, reports()) == (422, [])
    assert "楼梯口堆满旧家具" in answer.text


def test_too_many_bytes_are_told_with_the_words_kept(cast, client, monkeypatch):
    monkeypatch.setattr(incoming, "MOST_BODY", 3_000)
    monkeypatch.setattr(incoming, "_READ_ON", 1_000_000)
    answer = send(client, with_photos(b"x" * 50_000))
    assert (answer.status_code, reports()) == (413, [])
    assert "楼梯口堆满旧家具" in answer.text


def test_one_photo_that_is_too_large_is_refused(cast, client):
    answer = send(client, with_photos(clean_jpeg() + bytes(processing.MOST_BYTES)))
    assert (answer.status_code, reports(), photos()) == (413, [], [])


def bomb():
    target = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize("data", [b"GIF89a nothing", b"<svg/>", b"\xff\xd8\xff", bomb()])
def test_what_is_no_photo_is_refused_and_leaves_nothing(cast, client, data):
    answer = send(client, with_photos(clean_jpeg(), data))
    assert (answer.status_code, reports(), photos()) == (422, [], [])
    assert "楼梯口堆满旧家具" in answer.text


def test_an_empty_photo_field_is_no_photo(cast, client):
    files = [*form(), ("photos", ("", b"", "application/octet-stream"))]
    assert send(client, files).status_code == 303
    assert reports()[0].photos == 0


@pytest.mark.parametrize(
    "request_",
    [
        {"content": b"{}", "headers": {"content-type": "application/json"}},
        {"content": b"x", "headers": {"content-type": "multipart/form-data"}},
        {"content": b"--x\r\n", "headers": {"content-type": "multipart/form-data; boundary=y"}},
        {"data": {"category": "other"}},
        {"files": [(f"f{i}", (None, "x")) for i in range(40)]},
        {"files": [("words", (None, "x" * 20_000))]},
    ],
)
def test_what_is_no_form_is_refused_in_words(cast, client, request_):
    answer = client.post(ADDRESS, **request_)
    assert answer.status_code == 422
    assert reports() == []


def test_the_same_sent_twice_is_one_report_and_both_answers_open_it(cast, client):
    first, second = (send(client, with_photos(clean_jpeg())) for _ in range(2))
    assert len(reports()) == len(photos()) == 1
    assert first.headers["location"] != second.headers["location"]
    for answer in (first, second):
        assert client.get(answer.headers["location"]).status_code == 200


def test_somebody_else_or_another_day_is_another_report(cast, client, clock, monkeypatch):
    send(client, form())
    send(client, form(words="别的话"))
    clock.forward(days=1)
    send(client, form())
    monkeypatch.setenv("FIREGRID_TRUSTED_PROXIES", "1")
    settings.cache_clear()
    client.post(ADDRESS, files=form(), headers={"x-forwarded-for": "198.51.100.7"})
    assert len(reports()) == 4


def test_a_report_has_so_many_secrets_and_no_more(cast, client):
    answers = [send(client, form()) for _ in range(reporting.MOST_KEYS + 1)]
    assert len(rows(ReportKey)) == reporting.MOST_KEYS
    assert client.get(answers[-1].headers["location"]).status_code == 200


def test_no_secret_stands_in_the_database(cast, client):
    location = send(client, form()).headers["location"]
    code = location.split("/")[3].split("?")[0]
    (key,) = rows(ReportKey)
    assert code not in key.secret_hash
    assert len(key.secret_hash) == 64


def test_one_address_is_slowed_down_and_told_so_with_the_words_kept(cast, client, clock):
    for i in range(6):
        assert send(client, form(words=f"第{i}条")).status_code == 303
    answer = send(client, form(words="第七条"))
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert "第七条" in answer.text
    clock.forward(hours=1)
    assert send(client, form(words="第七条")).status_code == 303


def test_mistakes_in_the_form_do_not_use_up_what_one_may_send(cast, client):
    for _ in range(10):
        send(client, form(category=""))
    assert send(client, form()).status_code == 303


def test_whoever_only_sends_nonsense_is_held_back_too(cast, client):
    for _ in range(30):
        send(client, form(category=""))
    assert send(client, form()).status_code == 429


def test_a_community_flooded_from_everywhere_says_so(cast, client, clock, monkeypatch):
    monkeypatch.setattr(reporting, "MOST_AN_HOUR", 2)
    send(client, form(words="1"))
    send(client, form(words="2"), f"/g/{COMMUNITY}/report")
    answer = send(client, form(words="3"))
    assert (answer.status_code, len(reports())) == (429, 2)
    clock.moment += timedelta(hours=2)
    assert send(client, form(words="3")).status_code == 303


def test_another_site_cannot_send_one_in_a_visitors_name(cast, client):
    answer = client.post(ADDRESS, files=form(), headers={"origin": "https://evil.example"})
    assert (answer.status_code, reports()) == (403, [])
