import struct
import zlib


class Figure:
    def __init__(self):
        self.axes = []
        self.stale = True

    def __repr__(self):
        return f"<Figure of {', '.join(self.axes)}>"

    def get_children(self):
        return ["the paper", *self.axes]

    def savefig(self, file, format, bbox_inches):
        assert (format, bbox_inches) == ("png", "tight")
        width, height = 160, 60
        rows = (b"\x00" + b"\xff\xff\xff" * width) * height
        header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        file.write(b"\x89PNG\r\n\x1a\n" + b"".join(map(chunk, (b"IHDR", b"IDAT", b"IEND"), (header, zlib.compress(rows), b""))))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
