"""Has `requests` take addresses relative to the page, as all else that fetches in a browser does."""

from urllib.parse import urljoin

from requests.models import PreparedRequest


def connect(base: str) -> None:
    """Let code ask for addresses that are relative to `base`."""
    prepare = PreparedRequest.prepare_url
    PreparedRequest.prepare_url = lambda request, url, params: prepare(request, urljoin(base, url), params)
