"""The lines that are set up, as the settings say."""

from firegrid_app.messages.channels.file import FileLine
from firegrid_app.messages.channels.letter import Line
from firegrid_app.messages.channels.robots import DingTalkRobot, WeComRobot
from firegrid_app.messages.channels.sms import AliyunSms, SmsGateway
from firegrid_app.messages.rules import Channel, by_grid
from firegrid_app.settings import Settings


def lines(chosen: Settings) -> dict[str, Line]:
    """By channel; the file is always there."""
    found: dict[str, Line] = {Channel.FILE: FileLine(chosen.data_dir / "messages.jsonl")}
    if robots := chosen.wecom_robots.get_secret_value():
        found[Channel.WECOM] = WeComRobot(chosen.wecom_url, by_grid(robots))
    if robots := chosen.dingtalk_robots.get_secret_value():
        found[Channel.DINGTALK] = DingTalkRobot(chosen.dingtalk_url, by_grid(robots))
    if key := chosen.aliyun_sms_key.get_secret_value():
        templates = by_grid(chosen.aliyun_sms_templates)
        found[Channel.SMS] = AliyunSms(
            chosen.aliyun_sms_url, key, chosen.aliyun_sms_sign, templates
        )
    elif chosen.sms_gateway_url:
        secret = chosen.sms_gateway_secret.get_secret_value()
        found[Channel.SMS] = SmsGateway(chosen.sms_gateway_url, secret)
    return found
