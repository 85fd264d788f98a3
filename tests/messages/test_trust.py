"""Over https the other side must be who it says: else not a byte of the message is sent."""

import ssl
from contextlib import contextmanager

import pytest
import trustme

from firegrid_app.messages.channels import posting
from firegrid_app.messages.channels.letter import NotSent
from firegrid_app.messages.rules import Reason
from tests.messages import providers as real


@contextmanager
def over_tls(name):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    made = real.Providers()
    server = real.serve(made, context)
    yield made, authority
    server.shutdown()
    server.server_close()


@pytest.fixture
def trusting(monkeypatch):
    def trust(authority):
        context = ssl.create_default_context()
        authority.configure_trust(context)
        monkeypatch.setattr(posting, "_trusted", lambda: context)

    return trust


def post(providers):
    providers.next.append(real.say(200, {"errcode": 0}))
    return posting.post(providers.url, b"secret", {})


def test_a_certificate_nobody_vouches_for_gets_nothing():
    with over_tls("127.0.0.1") as (providers, _):
        assert post(providers) == NotSent(Reason.NO_LINE)
        assert providers.got == []


def test_a_certificate_of_somebody_else_gets_nothing(trusting):
    with over_tls("other.example.cn") as (providers, authority):
        trusting(authority)
        assert post(providers) == NotSent(Reason.NO_LINE)
        assert providers.got == []


def test_who_is_vouched_for_gets_it(trusting):
    with over_tls("127.0.0.1") as (providers, authority):
        trusting(authority)
        assert post(providers).body == {"errcode": 0}
        assert providers.got[0].body == b"secret"
