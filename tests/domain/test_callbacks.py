import pytest

from bot.domain.callbacks import why_not_called

HOSTS = (
    "hooks.acme.example",
    "api.acme.example:8443",
    "127.0.0.1:9000",
    "localhost:80",
    "xn--bcher-kva.example",
    "[::1]:90",
)


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.acme.example",
        "https://hooks.acme.example/a/b?c=d&e=%20",
        "https://hooks.acme.example:443/",
        "HTTPS://Hooks.Acme.Example/",
        "https://api.acme.example:8443/x",
        "http://127.0.0.1:9000/x",
        "http://localhost/x",
        "http://[::1]:90/",
        "https://xn--bcher-kva.example/",
    ],
)
def test_a_listed_host_may_be_called(url):
    assert why_not_called(url, HOSTS) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "https://hooks.acme.example.evil.example/",
        "https://hooks.acme.example@evil.example/",
        "https://evil.example@hooks.acme.example/",
        "https://evil.example#@hooks.acme.example/",
        "https://evil.example\\@hooks.acme.example/",
        "https://hooks.acme.example:444/",
        "https://hooks.acme.example:/",
        "https://hooks.acme.example./",
        "https://api.acme.example/",
        "http://hooks.acme.example:443/",
        "https://127.0.0.1/",
        "http://127.0.0.1:9001/",
        "http://2130706433:9000/",
        "http://127.1:9000/",
        "https://bücher.example/",
        "https://hooks.acme.example/\u00e9",
        "https://hooks。acme。example/",
        "https://hooks.acme.example/ x",
        "https://hooks.acme.example/\n",
        "https://hooks.acme.example\n",
        "https://hooks.acme.example/#x",
        "//hooks.acme.example/",
        "ftp://hooks.acme.example/",
        "javascript:alert(1)",
        "https://",
        "",
        "https://hooks.acme.example/" + "a" * 3000,
    ],
)
def test_anything_else_is_refused(url):
    assert why_not_called(url, HOSTS)


def test_plain_http_is_for_this_machine_alone():
    assert "use https" in why_not_called("http://a.example:80/", ("a.example:80",))


def test_nothing_listed_means_nothing_called():
    assert why_not_called("https://hooks.acme.example", ())
