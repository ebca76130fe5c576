"""Compiles Python ahead of its readers: the standard library of a Pyodide, and wheels.

`pyfence vendor` has it run by the Python that is to take the result, which is Pyodide's own in Node, or by a CPython of
the same version. From the same files come the same bytes.
"""

import importlib.util
import io
import json
import marshal
import os
import sys
import warnings
import zipfile

# What a boot doesn't take, but a first run or the first package does.
import datetime  # noqa: F401
import encodings.cp437  # noqa: F401
import getpass  # noqa: F401
import importlib.metadata  # noqa: F401
import pkgutil  # noqa: F401
import shlex  # noqa: F401
import tarfile  # noqa: F401


def run(folder: str) -> None:
    """Do what `jobs.json` in the folder asks for; what was made lies beside it."""
    with open(os.path.join(folder, "jobs.json"), encoding="utf-8") as file:
        jobs = json.load(file)
    warnings.simplefilter("ignore")
    for job in jobs:
        path = os.path.join(folder, job["source"])
        if job["kind"] == "library":
            boot, rest = _library(path, _loaded() or job["boot"])
            _write(path + ".boot", boot)
            _write(path + ".rest", rest)
        else:
            _write(path + ".compiled", _wheel(path))


def _library(path: str, boot: list[str] | None) -> tuple[bytes, bytes]:
    """The standard library in two parts: one that a boot needs, and what makes it whole when it is put behind it.

    Together they are one archive: the second part's directory tells of both. Nothing in them is compressed, as the way
    to the reader does that better for all than a file at a time.
    """
    first: list[tuple[str, bytes]] = []
    second: list[tuple[str, bytes]] = []
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith("/"):
                continue
            content = archive.read(name)
            if name.endswith(".py") and (compiled := _compiled(content, f"{_library_path()}/{name}")):
                is_first = boot is None or _module(name) in boot
                (first if is_first else second).append((f"{name}c", compiled))
            else:
                second.append((name, content))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        _add(archive, first)
    size = len(target.getvalue())
    with zipfile.ZipFile(target, "a") as archive:
        # Behind the directory of the first part, which stays as it is.
        archive.start_dir = size
        _add(archive, second)
    whole = target.getvalue()
    return whole[:size], whole[size:]


def _wheel(path: str) -> bytes:
    """The wheel with its modules compiled beside their sources, as pip installs it."""
    target = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        files = {name: source.read(name) for name in source.namelist() if not name.endswith("/")}
        compiled = {}
        for name in sorted(files):
            # What a wheel has for other places than site-packages is no module.
            if name.endswith(".py") and ".data/" not in name:
                place = f"/lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages/{name}"
                if code := _compiled(files[name], place):
                    compiled[importlib.util.cache_from_source(name, optimization="")] = code
        for name in files:
            if name.endswith(".dist-info/RECORD"):
                lines = files[name].decode().splitlines() + [f"{path},," for path in compiled if path not in files]
                files[name] = "".join(f"{line}\n" for line in lines).encode()
        _add(archive, sorted((files | compiled).items()))
    return target.getvalue()


def _compiled(source: bytes, path: str) -> bytes | None:
    """What Python keeps in a `.pyc` that is never compared with its source; None if it isn't Python."""
    try:
        code = compile(source, path, "exec", dont_inherit=True, optimize=0)
    except (SyntaxError, ValueError):
        return None
    # https://peps.python.org/pep-0552/
    head = importlib.util.MAGIC_NUMBER + (0b01).to_bytes(4, "little") + importlib.util.source_hash(source)
    return head + marshal.dumps(code)


def _add(archive: zipfile.ZipFile, files) -> None:
    for name, content in files:
        entry = zipfile.ZipInfo(name)
        entry.compress_type = archive.compression
        entry.create_system = 3
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, content)


def _module(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _library_path() -> str:
    return f"/lib/python{sys.version_info[0]}{sys.version_info[1]}.zip"


def _loaded() -> list[str]:
    """In Pyodide: what its boot has read from the standard library, and what is imported above."""
    if sys.platform != "emscripten":
        return []
    # What is frozen into the program says as well that it is in the library.
    specs = ((name, getattr(module, "__spec__", None)) for name, module in sys.modules.items())
    return sorted(name for name, spec in specs if spec and str(spec.origin).startswith(_library_path()))


def _write(path: str, content: bytes) -> None:
    with open(path, "wb") as file:
        file.write(content)


if __name__ == "__main__":
    run(sys.argv[1])
