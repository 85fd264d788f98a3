"""The providers' server, and settings that send to it."""

import pytest

from firegrid_app.settings import settings
from tests.messages import providers as real


@pytest.fixture
def providers(clock):
    """All providers; their clock is the test's."""
    made = real.Providers(now=lambda: clock.now().timestamp())
    server = real.serve(made)
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def use(monkeypatch, providers):
    """`use("wecom")`: that line is set up and leads to the test's server."""

    def set_up(*names, **more):
        given = {"messages_by_plain_http": "1", "public_url": "https://firegrid.example.cn"}
        for name in names:
            given |= {
                "wecom": {"wecom_robots": real.WECOM_KEY, "wecom_url": providers.url},
                "dingtalk": {
                    "dingtalk_robots": f"{real.DING_TOKEN}:{real.DING_SECRET}",
                    "dingtalk_url": providers.url,
                },
                "aliyun": {
                    "aliyun_sms_key": f"{real.ALIYUN_ID}:{real.ALIYUN_SECRET}",
                    "aliyun_sms_sign": "消防网格",
                    "aliyun_sms_templates": "digest=SMS_1,major_hazard=SMS_2,test=SMS_3",
                    "aliyun_sms_url": providers.url,
                },
                "gateway": {
                    "sms_gateway_url": f"{providers.url}/sms",
                    "sms_gateway_secret": real.GATEWAY_SECRET,
                },
            }[name]
        for name, value in (given | more).items():
            monkeypatch.setenv(f"FIREGRID_{name.upper()}", value)
        settings.cache_clear()

    return set_up
