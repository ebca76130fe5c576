"""What `install=` asks of micropip."""

import json
import os
import site
import zipfile

import micropip


async def install(requirements: str) -> str:
    """Install what a JSON list asks for; say which failed, and why."""
    wanted = json.loads(requirements)
    try:
        await _install_all([*wanted])
        return "{}"
    except Exception:
        return json.dumps({each: why for each in wanted if (why := await _install_one(each))})


async def _install_one(requirement: str) -> str | None:
    try:
        await _install_all([requirement])
    except zipfile.BadZipFile:
        return "what came is not a wheel"
    except Exception as error:
        # micropip guesses at reasons; what the browser said is behind its guess.
        told = str(error) or type(error).__name__
        return f"{told} ({error.__cause__})" if error.__cause__ else told


async def _install_all(requirements: list[str]) -> None:
    """Install all or nothing: micropip keeps what came, and would not miss what didn't the next time."""
    before = _installed()
    try:
        await micropip.install(requirements)
    except BaseException:
        if half := _installed() - before:
            micropip.uninstall([*half])
        raise


def _installed() -> set[str]:
    """The packages that are there, by their folders: `micropip.list` reads what each says of itself, 0.2 s at first."""
    folders = (name for place in site.getsitepackages() for name in os.listdir(place))
    return {name.split("-")[0] for name in folders if name.endswith(".dist-info")}
