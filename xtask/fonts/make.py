"""Makes the bundled fonts, their style sheet and their table of widths.

Run by hand when a typeface changes, never by a build:

    pip install fonttools brotli
    npm pack @fontsource/shantell-sans @fontsource/inter @fontsource/jetbrains-mono
    (unpack each into a folder of its short name: shantell-sans, inter, jetbrains-mono)
    python3 xtask/fonts/make.py <that folder>
    cargo fmt

Each typeface is cut into files by script, so that a board loads only what is written
on it. Kerning and ligatures go: the board places words by the widths alone.
"""

import hashlib
import io
import pathlib
import shutil
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = pathlib.Path(sys.argv[1])
FONTS = ROOT / "public/fonts"
FAMILIES = [("hand", "shantell-sans", "Hand"), ("sans", "inter", "Sans"), ("mono", "jetbrains-mono", "Mono")]
WEIGHTS = [(400, "REGULAR"), (700, "BOLD")]
PARTS = ["latin", "latin-ext", "greek", "cyrillic"]
# What is kept: Latin with its extensions A, Greek, Cyrillic, punctuation, currencies, arrows, bullets.
WANTED = [(0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x2C6, 0x2DD), (0x370, 0x3FF), (0x400, 0x45F),
          (0x490, 0x491), (0x1E9E, 0x1E9E), (0x2002, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x2122), (0x2190, 0x22FF)]
INVISIBLE = {0x200B, 0x2060, 0xFEFF}


def wanted(code):
    return any(low <= code <= high for low, high in WANTED) and code not in INVISIBLE


def ranges(codes):
    found = []
    for code in sorted(codes):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def cut(source, codes):
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = []
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = TTFont(source)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    out = io.BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()


def face(short, package, title, weight, css):
    """Writes the files of one face; returns its widths by code, and its metrics."""
    widths = {}
    for part in PARTS:
        source = SOURCES / package / "files" / f"{package}-{part}-{weight}-normal.woff2"
        if not source.exists():
            continue
        font = TTFont(source)
        cmap = font.getBestCmap()
        codes = sorted(code for code in cmap if wanted(code) and code not in widths)
        widths.update((code, font["hmtx"][cmap[code]][0]) for code in codes)
        data = cut(source, codes)
        name = f"{short}-{weight}-{part}.{hashlib.sha256(data).hexdigest()[:12]}.woff2"
        (FONTS / name).write_bytes(data)
        span = ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in ranges(codes))
        css.append(f"""@font-face {{
  font-family: "Commonslate {title}";
  font-weight: {weight};
  font-display: swap;
  src: url("/fonts/{name}") format("woff2");
  unicode-range: {span};
}}
""")
        metrics = (font["head"].unitsPerEm, font["hhea"].ascent, -font["hhea"].descent)
    return widths, metrics


def blocks(widths):
    """Runs of codes, small holes filled with 0."""
    runs = []
    for code in sorted(widths):
        if runs and code - runs[-1][0] - len(runs[-1][1]) < 6:
            run = runs[-1][1]
            run += [0] * (code - runs[-1][0] - len(run)) + [widths[code]]
        else:
            runs.append((code, [widths[code]]))
    return runs


def main():
    FONTS.mkdir(parents=True, exist_ok=True)
    for old in FONTS.glob("*.woff2"):
        old.unlink()
    css = ["/* The bundled typefaces. Written by xtask/fonts/make.py; a file is loaded once a letter\n"
           "   of its range is shown. Leaning letters are slanted by the browser. */\n"]
    for short, package, title in FAMILIES:
        rust = ["//! How wide the letters of one typeface are. Written by `xtask/fonts/make.py`.\n\n"
                "use crate::typeset::face::{Block, Widths};\n"]
        shutil.copy(SOURCES / package / "LICENSE", FONTS / f"LICENSE-{package}.txt")
        for weight, word in WEIGHTS:
            widths, (em, ascent, descent) = face(short, package, title, weight, css)
            if short == "mono":
                assert set(widths.values()) == {600}, "letters of one width"
                continue
            rows = "".join(f"Block {{ first: 0x{first:04x}, widths: &{run} }},\n" for first, run in blocks(widths))
            rust.append(f"pub(in crate::typeset) static {word}: Widths = Widths {{\n"
                        f"em: {em}, ascent: {ascent}, descent: {descent}, blocks: &[\n{rows}] }};\n")
        if short != "mono":
            (ROOT / f"shared/src/typeset/widths/{short}.rs").write_text("\n".join(rust))
    (ROOT / "style/fonts.css").write_text("\n".join(css))


main()
