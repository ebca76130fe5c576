"""Unpacks the wheels and archives of one folder of a zip: `unpack.py ZIP FOLDER TARGET`."""

import shutil
import sys
import zipfile
from pathlib import Path

archive, folder, target = sys.argv[1:]
with zipfile.ZipFile(archive) as carrier:
    for name in carrier.namelist():
        rest = name.removeprefix(folder)
        if rest != name and "/" not in rest and rest.endswith((".whl", ".zip")) and rest != "python_stdlib.zip":
            with carrier.open(name) as source, open(Path(target, rest), "wb") as wheel:
                shutil.copyfileobj(source, wheel)
