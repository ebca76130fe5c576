"""Has urllib reach what a browser may reach, by pyodide_http.

What it leaves open: a status of 400 or more is an error, and the browser has unpacked what came packed.
"""

import urllib.error
import urllib.parse
import urllib.request

import pyodide_http
from pyodide.ffi import JsException


def connect(base: str) -> None:
    """Let code open addresses, which are relative to `base`."""
    pyodide_http.patch_urllib()
    fetch = urllib.request.urlopen

    def urlopen(url, data=None, timeout=None, **_):
        """Open an address of the web."""
        request = url if isinstance(url, urllib.request.Request) else urllib.request.Request(urllib.parse.urljoin(base, url))
        if data is not None:
            request.data = data
        try:
            response = fetch(request)
        except JsException as error:
            raise urllib.error.URLError(f"{request.full_url}: {error}") from None
        del response.headers["content-encoding"]
        if response.status >= 400:
            raise urllib.error.HTTPError(request.full_url, response.status, response.reason, response.headers, response)
        return response

    urllib.request.urlopen = urlopen
    urllib.request.OpenerDirector.open = lambda self, url, data=None, timeout=None: urlopen(url, data)
