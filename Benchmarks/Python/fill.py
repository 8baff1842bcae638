# SPDX-License-Identifier: Apache-2.0
"""Puts measured tables into a document, between `<!-- measured: NAME -->` and `<!-- end of NAME -->`.

    fill.py DOCUMENT NAME FILE
"""

import sys


def main(document, name, file_name):
    with open(document) as file:
        text = file.read()
    with open(file_name) as file:
        table = file.read().strip()
    begin, end = f"<!-- measured: {name} -->\n", f"<!-- end of {name} -->\n"
    if text.count(begin) != 1 or text.count(end) != 1:
        sys.exit(f"{document} has no place for {name}")
    before, rest = text.split(begin)
    after = rest.split(end)[1]
    with open(document, "w") as file:
        file.write(f"{before}{begin}\n{table}\n\n{end}{after}")


if __name__ == "__main__":
    main(*sys.argv[1:])
