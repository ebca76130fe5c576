"""The parts of the standard library that come after a boot: what it doesn't need, and the sources.

The page brings this file where a site has the library compiled. Code whose imports need more than a boot begins when the
rest is there; what is imported otherwise brings it at once. Sources come when a traceback or `inspect` wants them.
"""

import importlib
import json
import sys
import zipimport
from importlib.machinery import PathFinder

_ARCHIVE = "/lib/python{}{}.zip".format(*sys.version_info)
_SOURCES = "/lib/python-sources.zip"

# What the archive has, by its top-level names.
_NAMES = sys.stdlib_module_names | {"_pyodide", "pyodide"}

_source_in_archive = zipimport.zipimporter.get_source

_parts = None


def connect(parts) -> None:
    """Let Python have `parts`, which are those of `worker/standard-library.js`."""
    global _parts
    _parts = parts
    # What a snapshot knows of the archive may not be there yet.
    importlib.invalidate_caches()
    sys.meta_path.append(_Rest)
    zipimport.zipimporter.get_source = _source


def does_with_boot(names: str) -> bool:
    """Whether these modules, a list in JSON, surely need nothing else of the library than a boot does."""
    return all(name in sys.stdlib_module_names and _is_there(name) for name in json.loads(names))


def _is_there(name: str) -> bool:
    return name in sys.modules or name in sys.builtin_module_names or PathFinder.find_spec(name) is not None


class _Rest:
    """Finds modules of the library that Python hasn't found."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] not in _NAMES:
            return None
        try:
            _bring(_parts.rest)
        except Exception as error:
            reason = getattr(error, "message", error)
            raise ModuleNotFoundError(f"No module named {name!r}: {reason}", name=name) from None
        if _Rest in sys.meta_path:
            sys.meta_path.remove(_Rest)
            importlib.invalidate_caches()
        return PathFinder.find_spec(name, path, target)


def _source(importer, name):
    """What `zipimporter.get_source` gives, for compiled modules as well."""
    source = _source_in_archive(importer, name)
    if source is not None or importer.archive != _ARCHIVE:
        return source
    try:
        _bring(_parts.sources)
    except Exception:
        # A traceback without its lines says more than none.
        return None
    return zipimport.zipimporter(f"{_SOURCES}/{importer.prefix}".rstrip("/")).get_source(name)


def _bring(part) -> None:
    if not part.isThere:
        part.bringNow(_digest_of)


def _digest_of(content) -> str:
    import _sha2
    import binascii

    return binascii.b2a_base64(_sha2.sha256(content.to_bytes()).digest(), newline=False).decode()
