"""The settings of messages that leave the server: by which line, with which secrets, when.

Beside `settings.py`, whose `Settings` carries them. Secrets are `SecretStr`: no repr, no log and no
error shows them.
"""

from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

WECOM, DINGTALK = "https://qyapi.weixin.qq.com", "https://oapi.dingtalk.com"
ALIYUN_SMS = "https://dysmsapi.aliyuncs.com"


class MessageSettings(BaseSettings):
    """How digests and urgent messages go out; without any of it they go into a file."""

    message_channel: Literal["", "file", "wecom", "dingtalk", "sms"] = ""
    """The line of whoever has not chosen one; empty is the first that is set up. `file` sends
    nothing: it writes `data_dir/messages.jsonl`."""
    digest_hour: int = Field(default=9, ge=8, le=17)
    """From this hour of a workday the digest goes out."""
    wecom_robots: SecretStr = SecretStr("")
    """Keys of WeCom group robots: one, or `grid=key` with commas between."""
    wecom_url: str = WECOM
    """Only for a WeCom of one's own (政务微信, 私有部署)."""
    dingtalk_robots: SecretStr = SecretStr("")
    """DingTalk custom robots, each `token:secret` (加签): one, or `grid=token:secret`, commas."""
    dingtalk_url: str = DINGTALK
    """Only for a DingTalk of one's own (专有钉钉)."""
    aliyun_sms_key: SecretStr = SecretStr("")
    """Alibaba Cloud SMS, `AccessKeyId:AccessKeySecret` of an account that may only SendSms."""
    aliyun_sms_sign: str = ""
    """The approved signature (签名) texts begin with."""
    aliyun_sms_templates: str = ""
    """Approved templates by purpose, e.g. `digest=SMS_1,major_hazard=SMS_2,test=SMS_3`."""
    aliyun_sms_url: str = ALIYUN_SMS
    sms_gateway_url: str = ""
    """An operator's or one's own SMS gateway instead (docs/messages.md)."""
    sms_gateway_secret: SecretStr = SecretStr("")
    """What requests to it are signed with, HMAC-SHA256."""
    messages_by_plain_http: bool = False
    """Lets those addresses be http://; for a trial beside a gateway in one network only."""

    @model_validator(mode="after")
    def _lines_that_can_work(self) -> Self:
        start = ("https://", "http://") if self.messages_by_plain_http else ("https://",)
        addresses = (self.wecom_url, self.dingtalk_url, self.aliyun_sms_url, self.sms_gateway_url)
        if not all(address.startswith(start) for address in addresses if address):
            raise ValueError(
                "外发消息的地址要以 https:// 开头"
                " / addresses that messages go to must begin with https://"
            )
        if self.aliyun_sms_key.get_secret_value() and self.sms_gateway_url:
            raise ValueError(
                "阿里云短信和短信网关只能设置一个 / set Alibaba Cloud SMS or a gateway, not both"
            )
        if self.sms_gateway_url and not self.sms_gateway_secret.get_secret_value():
            raise ValueError(
                "短信网关要设置 FIREGRID_SMS_GATEWAY_SECRET"
                " / the SMS gateway wants FIREGRID_SMS_GATEWAY_SECRET"
            )
        if self.message_channel not in ("", "file", *self.message_channels):
            raise ValueError(
                "FIREGRID_MESSAGE_CHANNEL 选的方式还没有设置好"
                " / the line FIREGRID_MESSAGE_CHANNEL names is not set up"
            )
        return self

    @property
    def usual_channel(self) -> str:
        """The line in force for whoever has not chosen."""
        return self.message_channel or self.message_channels[0]

    @property
    def message_channels(self) -> tuple[str, ...]:
        """Lines that are set up; the file only where nothing else is."""
        given = {
            "wecom": self.wecom_robots.get_secret_value(),
            "dingtalk": self.dingtalk_robots.get_secret_value(),
            "sms": self.aliyun_sms_key.get_secret_value() or self.sms_gateway_url,
        }
        return tuple(name for name, value in given.items() if value) or ("file",)
