"""The lines out: each signs as its provider checks, and every bad answer becomes a reason."""

import json
import stat
import time
from datetime import timedelta

import pytest

from firegrid_app.messages.channels import posting
from firegrid_app.messages.channels.chosen import lines
from firegrid_app.messages.channels.file import FileLine
from firegrid_app.messages.channels.letter import Letter, NotSent, Sent
from firegrid_app.messages.channels.robots import dingtalk_signature
from firegrid_app.messages.channels.sms import aliyun_signature
from firegrid_app.messages.rules import Reason
from firegrid_app.settings import settings
from tests.factories import NOW
from tests.messages.providers import SECRETS, drip, hang_up, say, silent

HTTP = ("wecom", "dingtalk", "aliyun", "gateway")
LETTER = Letter(
    key="test 1 x",
    purpose="test",
    phones=("13800000008",),
    text="【消防网格】这是一条测试消息，收到说明这个渠道可用。",
    gaps={"overdue": "2"},
    path="500118/500118003/",
)


def line(name):
    return lines(settings())["sms" if name in ("aliyun", "gateway") else name]


@pytest.mark.parametrize("name", HTTP)
def test_the_provider_takes_what_we_sign(use, providers, name):
    use(name)
    assert isinstance(line(name).send(LETTER, NOW), Sent)
    assert len(providers.got) == 1


def test_wecom_is_told_whom_to_name(use, providers):
    use("wecom")
    line("wecom").send(LETTER, NOW)
    assert providers.got[0].json["text"] == {
        "content": LETTER.text,
        "mentioned_mobile_list": ["13800000008"],
    }


def test_wecom_takes_2048_bytes_and_no_sign_is_cut_in_two(use, providers):
    use("wecom")
    long = Letter(**{**vars(LETTER), "text": "网" * 900})
    assert line("wecom").send(long, NOW) == Sent()
    assert providers.got[0].json["text"]["content"] == "网" * 682


def test_dingtalk_names_people_and_never_all(use, providers):
    use("dingtalk")
    line("dingtalk").send(LETTER, NOW)
    assert providers.got[0].json["at"] == {"atMobiles": ["13800000008"], "isAtAll": False}


def test_dingtalk_signs_as_openssl_does():
    """The secret of its example; it prints no result, so OpenSSL made the one here."""
    assert (
        dingtalk_signature("1577262236757", "this is secret")
        == "hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM="
    )


def test_alibaba_cloud_signs_as_its_documentation_shows():
    """The worked example of SendSms in Alibaba Cloud's documentation (HTTP 协议及签名)."""
    given = {
        "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": "45e25e9b-0a6f-4070-8c85-2956eda1b466",
        "AccessKeyId": "testId",
        "SignatureVersion": "1.0",
        "Timestamp": "2017-07-12T02:42:19Z",
        "Format": "XML",
        "Action": "SendSms",
        "Version": "2017-05-25",
        "RegionId": "cn-hangzhou",
        "PhoneNumbers": "15300000001",
        "SignName": "阿里云短信测试专用",
        "TemplateParam": '{"customer":"test"}',
        "TemplateCode": "SMS_71390007",
        "OutId": "123",
    }
    assert aliyun_signature("GET", given, "testSecret") == "zJDF+Lrzhj/ThnlvIToysFRq6t4="


def test_alibaba_cloud_gets_figures_and_not_our_words(use, providers):
    use("aliyun")
    assert line("aliyun").send(LETTER, NOW) == Sent("9006197469364984^0")
    form = providers.got[0].form
    assert (form["PhoneNumbers"], form["TemplateCode"]) == ("13800000008", "SMS_3")
    assert json.loads(form["TemplateParam"]) == {"overdue": "2"}
    assert "测试消息" not in providers.got[0].body.decode()
    # The number stands in the body: addresses land in logs on the way.
    assert providers.got[0].query == {}


def test_a_purpose_without_a_template_is_not_set_up(use, providers):
    use("aliyun", aliyun_sms_templates="digest=SMS_1")
    assert line("aliyun").send(LETTER, NOW) == NotSent(Reason.NOT_SET_UP)
    assert providers.got == []


def test_every_try_has_its_own_nonce_and_the_gateway_the_same_key(use, providers):
    use("aliyun")
    assert [line("aliyun").send(LETTER, NOW) for _ in range(2)] == [Sent("9006197469364984^0")] * 2
    nonces = {got.form["SignatureNonce"] for got in providers.got}
    assert len(nonces) == 2
    use("gateway", aliyun_sms_key="")
    for _ in range(2):
        assert line("gateway").send(LETTER, NOW) == Sent("g-1")
    assert {got.headers["idempotency-key"] for got in providers.got[2:]} == {"test 1 x"}


WRONG = {
    "wecom": ({"wecom_robots": "guessed"}, "93000"),
    "dingtalk": ({"dingtalk_robots": "f0a1c2:SECother"}, "310000"),
    "aliyun": ({"aliyun_sms_key": "testId:other"}, "SignatureDoesNotMatch"),
    "gateway": ({"sms_gateway_secret": "other"}, "bad_signature"),
}


@pytest.mark.parametrize("name", HTTP)
def test_a_wrong_secret_is_refused_by_the_providers_code_alone(use, name):
    given, said = WRONG[name]
    use(name, **given)
    assert line(name).send(LETTER, NOW) == NotSent(Reason.REFUSED, said)


LIMITS = {
    "wecom": ({"errcode": 45009, "errmsg": "api freq out of limit"}, 1),
    "dingtalk": ({"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}, 10),
    "aliyun": ({"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": "触发分钟级流控"}, 60),
}


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_says_how_long_to_wait(use, providers, name):
    use(name)
    answer, minutes = LIMITS[name]
    providers.next.append(say(200, answer))
    found = line(name).send(LETTER, NOW)
    assert (found.reason, found.wait) == (Reason.TOO_MANY, timedelta(minutes=minutes))


@pytest.mark.parametrize("name", HTTP)
@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (say(429, "", Retry_After="120"), Reason.TOO_MANY),
        (say(500, "oops"), Reason.PROVIDER_FAULT),
        (say(502, "<html>Bad Gateway"), Reason.PROVIDER_FAULT),
        (say(200, "<html>请登录校园网"), Reason.NOT_UNDERSTOOD),
        (say(200, "[]"), Reason.NOT_UNDERSTOOD),
        (say(200, "{}"), Reason.NOT_UNDERSTOOD),
        (say(200, {"errcode": "0", "Code": 0, "ok": "true"}), Reason.NOT_UNDERSTOOD),
        (say(200, {"errcode": True, "Code": True, "ok": 1}), Reason.NOT_UNDERSTOOD),
        (say(200, " " * 70_000), Reason.NOT_UNDERSTOOD),
        (say(404, "no such page"), Reason.REFUSED),
        (hang_up, Reason.NO_ANSWER),
    ],
    ids=lambda one: str(one)[:20],
)
def test_every_bad_answer_is_a_reason(use, providers, name, behaviour, reason):
    use(name)
    providers.next.append(behaviour)
    assert line(name).send(LETTER, NOW).reason == reason


@pytest.mark.parametrize("name", HTTP)
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(use, providers, name, status):
    use(name)
    providers.next.append(say(status, "", Location=f"{providers.url}/elsewhere"))
    assert line(name).send(LETTER, NOW) == NotSent(Reason.REDIRECTED, f"HTTP {status}")
    assert [got.path for got in providers.got].count("/elsewhere") == 0
    assert len(providers.got) == 1


@pytest.mark.parametrize("name", HTTP)
def test_nobody_there_means_it_surely_did_not_go(use, name):
    gone = "http://127.0.0.1:9"
    use(name, wecom_url=gone, dingtalk_url=gone, aliyun_sms_url=gone)
    if name == "gateway":
        use(name, sms_gateway_url=gone)
    assert line(name).send(LETTER, NOW) == NotSent(Reason.NO_LINE)


@pytest.mark.parametrize("behaviour", [silent(1.5), drip(3)], ids=["silent", "dripping"])
def test_a_slow_provider_does_not_hold_us(use, providers, monkeypatch, behaviour):
    monkeypatch.setattr(posting, "PATIENCE", 0.3)
    monkeypatch.setattr(posting, "LONGEST", 0.5)
    use("wecom")
    providers.next.append(behaviour)
    began = time.monotonic()
    assert line("wecom").send(LETTER, NOW) == NotSent(Reason.NO_ANSWER)
    assert time.monotonic() - began < 1.2


@pytest.mark.parametrize("name", HTTP)
@pytest.mark.parametrize("behaviour", [None, say(500, "oops"), hang_up], ids=["good", "bad", "cut"])
def test_no_secret_and_no_number_reaches_a_log(use, providers, name, behaviour, caplog):
    use(name)
    caplog.set_level("DEBUG")
    if behaviour:
        providers.next.append(behaviour)
    outcome = line(name).send(LETTER, NOW)
    written = caplog.text + repr(outcome) + repr(LETTER) + repr(settings())
    for secret in (*SECRETS, "13800000008"):
        assert secret not in written


def test_each_street_has_its_own_robot_and_others_the_common_one(use, providers):
    use("wecom", wecom_robots="500118003=key-of-street, 500118003001=key-of-community, common")
    for path in ("500118/500118003/500118003001/a/", "500118/500118003/x/", "500118/500118004/"):
        line("wecom").send(Letter(**{**vars(LETTER), "path": path}), NOW)
    assert [got.query["key"] for got in providers.got] == [
        "key-of-community",
        "key-of-street",
        "common",
    ]


def test_a_grid_without_a_robot_is_not_set_up(use, providers):
    use("wecom", wecom_robots="500118004=key")
    assert line("wecom").send(LETTER, NOW) == NotSent(Reason.NOT_SET_UP)
    assert providers.got == []


def test_without_any_line_what_would_have_gone_stands_in_a_file(tmp_path):
    assert settings().usual_channel == "file"
    assert isinstance(lines(settings())["file"].send(LETTER, NOW), Sent)
    file = tmp_path / "messages.jsonl"
    (written,) = [json.loads(row) for row in file.read_text(encoding="utf-8").splitlines()]
    assert written["text"] == LETTER.text
    assert written["to"] == ["138****0008"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_file_does_not_grow_for_ever(tmp_path):
    file = tmp_path / "messages.jsonl"
    file.write_bytes(b"x" * 5_000_001)
    FileLine(file).send(LETTER, NOW)
    assert (tmp_path / "messages.1.jsonl").stat().st_size == 5_000_001
    assert len(file.read_text(encoding="utf-8").splitlines()) == 1


def test_a_folder_that_cannot_be_written_is_a_reason(tmp_path):
    outcome = FileLine(tmp_path / "missing" / "messages.jsonl").send(LETTER, NOW)
    assert outcome == NotSent(Reason.NO_DISK, "FileNotFoundError")
