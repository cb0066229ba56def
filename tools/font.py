# Makes the app's font from the one that its makers publish: `python3 tools/font.py PlusJakartaSans[wght].woff2` with
# fonttools and brotli installed. It keeps the letters, marks and weights that the screens use, because every first visit
# pays for the rest: 12 KB instead of 27. Whatever is missing (a Ł in a name) is drawn in the tablet's own font.
import sys
from io import BytesIO

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = "public/fonts/plus-jakarta-sans-wght-400-800.woff2"
LETTERS = [*range(0x20, 0x7F), *map(ord, "\u00a0©«»°·×éÉèÈ–—‘’“”•…−")]

lighter = instantiateVariableFont(TTFont(sys.argv[1]), {"wght": (400, 800)})
# Written and read once: a font that was just changed cannot be cut.
lighter.flavor = None
lighter.save(plain := BytesIO())
font = TTFont(BytesIO(plain.getvalue()))
options = subset.Options()
options.flavor = "woff2"
options.layout_features = ["kern", "tnum", "calt", "liga", "ccmp", "locl"]
options.hinting = False
options.notdef_outline = True
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=LETTERS)
subsetter.subset(font)
font.flavor = "woff2"
font.save(TARGET)
