"""Copies a wheel without what is compiled for another machine: `uncompiled.py WHEEL COPY`."""

import sys
import zipfile

wheel, copy = sys.argv[1:]
with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
    for entry in source.infolist():
        if not entry.is_dir() and not entry.filename.endswith((".so", "/RECORD")):
            target.writestr(entry, source.read(entry))
