#!/usr/bin/env python3
"""Turns files into a C array, so that the program needs nothing beside itself.

usage: tools/embed.py OUTPUT.c SYMBOL ROOT [FILE…]

OUTPUT.c defines `const EmbeddedFile SYMBOL[]` (src/base/embed.h), one row a file in the order given, paths
relative to ROOT; without files all that stand below ROOT, by name. OUTPUT.c is left alone when nothing changed. There is no header: whoever uses the list declares it `extern const EmbeddedFile SYMBOL[];`.
"""
import os
import sys

BYTES_PER_LINE = 24


def array(name, data):
    """One file as a NUL-terminated array of characters."""
    lines = [f"static const char {name}[] = {{"]
    for start in range(0, len(data), BYTES_PER_LINE):
        lines.append("    " + " ".join(f"'\\x{byte:02x}'," for byte in data[start:start + BYTES_PER_LINE]))
    lines.append("    0};")
    return "\n".join(lines)


def c_string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def embed(symbol, root, paths):
    arrays, rows = [], []
    for number, path in enumerate(paths):
        with open(path, "rb") as file:
            data = file.read()
        shown = os.path.relpath(path, root).replace(os.sep, "/")
        arrays.append(array(f"file_{number}", data))
        rows.append(f"    {{{c_string(shown)}, file_{number}, {len(data)}}},")
    return "\n\n".join(['#include "base/embed.h"', f"extern const EmbeddedFile {symbol}[];", *arrays,
                        "\n".join([f"const EmbeddedFile {symbol}[] = {{", *rows, "    {0}};"])]) + "\n"


def all_below(root):
    return sorted(os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names)


def main(arguments):
    if len(arguments) < 3:
        sys.exit(__doc__)
    output, symbol, root, *paths = arguments
    text = embed(symbol, root, paths or all_below(root))
    if os.path.exists(output):
        with open(output, encoding="utf-8") as file:
            if file.read() == text:
                return
    with open(output, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
