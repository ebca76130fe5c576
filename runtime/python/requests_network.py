"""Has `requests` take addresses relative to the page, as all else that fetches in a browser does."""

from urllib.parse import urljoin

from requests.models import PreparedRequest


def connect(base: str) -> None:
    """Let code ask for addresses that are relative to `base`."""
    prepare = PreparedRequest.prepare_url

    def prepare_url(request, url, params):
        # Bytes and objects of other packages are read by requests itself.
        return prepare(request, urljoin(base, url) if isinstance(url, str) else url, params)

    PreparedRequest.prepare_url = prepare_url
