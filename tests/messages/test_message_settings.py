"""Settings of messages: what cannot work or would send secrets in the open is refused."""

import pytest
from pydantic import ValidationError

from firegrid_app.messages.channels.chosen import lines
from tests.house.test_settings import given


def test_nothing_set_is_a_file(monkeypatch):
    found = given(monkeypatch)
    assert found.message_channels == ("file",)
    assert found.usual_channel == "file"
    assert set(lines(found)) == {"file"}


def test_the_first_line_that_is_set_up_is_the_usual_one_unless_another_is_named(monkeypatch):
    found = given(monkeypatch, wecom_robots="key", aliyun_sms_key="id:secret")
    assert found.message_channels == ("wecom", "sms")
    assert found.usual_channel == "wecom"
    assert given(monkeypatch, message_channel="sms").usual_channel == "sms"
    # A trial: everything stands in the file and nothing leaves.
    assert given(monkeypatch, message_channel="file").usual_channel == "file"


@pytest.mark.parametrize(
    "values",
    [
        {"message_channel": "pigeon"},
        {"message_channel": "wecom"},
        {"message_channel": "sms"},
        {"digest_hour": "7"},
        {"digest_hour": "18"},
        {"wecom_url": "http://qyapi.weixin.qq.com"},
        {"dingtalk_url": "ftp://oapi.dingtalk.com"},
        {"aliyun_sms_url": "//dysmsapi.aliyuncs.com"},
        {"sms_gateway_url": "http://127.0.0.1/sms", "sms_gateway_secret": "x"},
        {"sms_gateway_url": "file:///etc/passwd", "sms_gateway_secret": "x"},
        {"sms_gateway_url": "https://sms.example.cn"},
        {
            "sms_gateway_url": "https://sms.example.cn",
            "sms_gateway_secret": "x",
            "aliyun_sms_key": "id:secret",
        },
        {
            "mode": "production",
            "public_url": "https://firegrid.example.cn",
            "messages_by_plain_http": "1",
        },
    ],
    ids=str,
)
def test_what_cannot_work_or_is_unsafe_is_refused(monkeypatch, values):
    with pytest.raises(ValidationError):
        given(monkeypatch, **values)


def test_no_setting_of_ours_shows_a_secret(monkeypatch):
    found = given(
        monkeypatch,
        wecom_robots="wecom-secret",
        dingtalk_robots="token:dingtalk-secret",
        aliyun_sms_key="id:aliyun-secret",
        sms_gateway_secret="gateway-secret",
    )
    for written in (repr(found), str(found), found.model_dump_json()):
        assert "-secret" not in written
