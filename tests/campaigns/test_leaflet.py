"""A campaign's leaflet: written, pictured, carried by phones, printed; who may, and bad input."""

import hashlib
import io

import pypdf
import pytest
from PIL import Image

from firegrid_app import clock
from firegrid_app.campaigns import leaflet, managing
from firegrid_app.campaigns.tables import Campaign
from firegrid_app.database import reading
from firegrid_app.photos.orphans import YOUNG, look_through
from tests.campaigns.test_campaigns import make
from tests.cast import A
from tests.factories import NOW
from tests.photos.pictures import camera_jpeg, clean_jpeg
from tests.visits.test_visit import refused

WORDS = "三清三关\n清楼道： 不堆杂物"


@pytest.fixture
def running(session, cast):
    campaign = make(session, cast, areas=(A,), leaflet="  三清三关 \n清楼道：\t不堆杂物\u200b\n\n")
    session.commit()
    return campaign


def hand_in(door, campaign, data, who="secretary"):
    return door(who).put(f"/api/campaigns/{campaign.id}/leaflet", content=data)


def test_its_words_are_kept_line_by_line_and_written_anew(session, cast, running):
    assert running.leaflet == WORDS
    leaflet.write_leaflet(session, cast.actor("secretary"), running.id, "另一句", NOW)
    assert running.leaflet == "另一句"
    leaflet.write_leaflet(session, cast.actor("secretary"), running.id, " \n ", NOW)
    assert running.leaflet == ""


def test_one_that_is_too_long_is_refused_whole_and_the_last_one_stays(session, cast, running):
    with refused(r"campaigns\.leaflet_too_long"):
        leaflet.write_leaflet(session, cast.actor("secretary"), running.id, "火" * 601, NOW)
    with refused(r"campaigns\.leaflet_too_long"):
        make(session, cast, leaflet="火" * 601)
    with refused(r"campaigns\.leaflet_too_long"):
        make(session, cast, leaflet="\n".join("火" * 25))
    assert running.leaflet == WORDS


def test_of_an_ended_campaign_nothing_is_changed(session, door, cast, running):
    managing.end_campaign(session, cast.actor("secretary"), running.id, NOW)
    with refused(r"campaigns\.ended_already"):
        leaflet.write_leaflet(session, cast.actor("secretary"), running.id, "x", NOW)
    session.commit()
    assert hand_in(door, running, clean_jpeg()).json()["code"] == "campaigns.ended_already"


@pytest.mark.parametrize("who", ["member_a", "leader_a", "department", "other_secretary"])
def test_who_does_not_keep_the_doors_writes_none(session, door, cast, running, who):
    with refused(r"access\.outside_grid"):
        leaflet.write_leaflet(session, cast.actor(who), running.id, "x", NOW)
    assert hand_in(door, running, clean_jpeg(), who).status_code == 403
    assert door(who).delete(f"/api/campaigns/{running.id}/leaflet").status_code == 403
    assert door(who).get(f"/campaigns/{running.id}/leaflet").status_code == 403


def test_its_picture_is_bared_shrunk_and_seen_by_who_knocks_there(door, cast, running):
    answer = hand_in(door, running, camera_jpeg(6))
    sha256 = answer.json()["sha256"]
    seen = door("member_a").get(f"/api/campaigns/{running.id}/leaflet/{sha256}")
    assert hashlib.sha256(seen.content).hexdigest() == sha256
    assert seen.headers["content-type"] == "image/jpeg"
    with Image.open(io.BytesIO(seen.content)) as image:
        assert not image.getexif()
        assert max(image.size) <= 1600
    strange = door("member_b").get(f"/api/campaigns/{running.id}/leaflet/{sha256}")
    assert strange.json()["code"] == "access.outside_grid"


def test_phones_that_carry_the_campaign_are_told_of_words_and_picture(door, cast, running):
    pack = door("member_a").get("/api/pack").json()
    assert [one["leaflet"] for one in pack["campaigns"]] == [WORDS]
    assert "leaflets" not in pack
    sha256 = hand_in(door, running, clean_jpeg()).json()["sha256"]
    pack = door("member_a").get("/api/pack").json()
    assert pack["leaflets"] == [{"campaign": running.id, "sha256": sha256}]
    assert "leaflets" not in door("member_b").get("/api/pack").json()


def test_another_picture_takes_its_place_and_none_takes_it_away(door, cast, running):
    first = hand_in(door, running, clean_jpeg()).json()["sha256"]
    second = hand_in(door, running, clean_jpeg((320, 480))).json()["sha256"]
    address = f"/api/campaigns/{running.id}/leaflet"
    assert first != second
    gone = door("member_a").get(f"{address}/{first}")
    assert (gone.status_code, gone.json()["code"]) == (404, "campaigns.no_leaflet")
    assert door("secretary").delete(address).status_code == 204
    assert door("member_a").get(f"{address}/{second}").status_code == 404
    with reading() as session:
        assert session.get(Campaign, running.id).leaflet_picture == ""


def test_a_file_that_is_no_picture_is_refused_and_the_last_one_stays(door, cast, running):
    sha256 = hand_in(door, running, clean_jpeg()).json()["sha256"]
    answer = hand_in(door, running, b"%PDF-1.7 no picture")
    assert (answer.status_code, answer.json()["code"]) == (422, "photos.not_a_photo")
    seen = door("member_a").get(f"/api/campaigns/{running.id}/leaflet/{sha256}")
    assert seen.status_code == 200


def test_only_the_picture_in_force_outlives_the_cleaning_of_the_store(door, cast, running):
    old = hand_in(door, running, clean_jpeg()).json()["sha256"]
    new = hand_in(door, running, clean_jpeg((320, 480))).json()["sha256"]
    found = look_through(clock.now() + 2 * YOUNG, remove=True)
    assert (found.files, found.removed) == (2, 1)
    assert leaflet.store.fetch(old, leaflet.SIZE) is None
    assert leaflet.store.fetch(new, leaflet.SIZE) is not None


def test_it_is_printed_twice_on_a_sheet_with_words_and_picture(door, cast, running):
    hand_in(door, running, clean_jpeg())
    answer = door("secretary").get(f"/campaigns/{running.id}/leaflet")
    assert answer.headers["content-type"] == "application/pdf"
    (page,) = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    words = page.extract_text().replace("\n", "")
    for said in ("冬季敲门", "清楼道： 不堆杂物", "发现火情拨打 119"):
        assert words.count(said) == 2
    assert len(page.images) == 1, "the same on both halves: once in the file"
    assert page.mediabox.width > page.mediabox.height


def test_the_longest_one_still_fits_its_half_sheet(session, door, cast):
    campaign = make(
        session, cast, leaflet="\n".join(["清楼道清阳台清厨房，关电源关火源关气源"] * 24)
    )
    session.commit()
    hand_in(door, campaign, clean_jpeg((480, 640)))
    pdf = pypdf.PdfReader(
        io.BytesIO(door("secretary").get(f"/campaigns/{campaign.id}/leaflet").content)
    )
    assert len(pdf.pages) == 1


def test_without_words_and_picture_there_is_nothing_to_print(session, door, cast):
    campaign = make(session, cast)
    session.commit()
    answer = door("secretary").get(f"/campaigns/{campaign.id}/leaflet")
    assert answer.status_code == 404
