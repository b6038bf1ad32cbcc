"""Pillow is put off, and works all the same when it is wanted."""

import subprocess
import sys

IMPORT = "import sys; from moitt_report.render.pdf.document import render_pdf; "
LOADED = "'PIL._imaging' in sys.modules"
PICTURE = (
    "from io import BytesIO; from reportlab.lib.utils import ImageReader; from reportlab.pdfgen.canvas import Canvas; "
    "file = BytesIO(); Image.new('RGB', (3, 2), 'red').save(file, 'PNG'); canvas = Canvas(BytesIO()); "
    "canvas.drawImage(ImageReader(file), 0, 0); assert b'/XObject' in canvas.getpdfdata(); "
)


def said(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    ).stdout.strip()


def test_pillow_is_not_loaded_with_our_renderer():
    assert said(f"{IMPORT} import reportlab.lib.utils; print({LOADED})") == "False"


def test_reportlab_draws_pictures_after_us():
    assert said(f"{IMPORT} from PIL import Image; {PICTURE} print({LOADED})") == "True"


def test_a_picture_that_reportlab_opens_is_of_the_class_that_everybody_knows():
    code = (
        f"{IMPORT} from reportlab.lib import utils; opened = utils.Image.new('L', (3, 2)); "
        "import PIL.Image; print(type(opened) is PIL.Image.Image is utils.Image.Image)"
    )
    assert said(code) == "True"


def test_whoever_imports_pillow_by_its_whole_name_gets_it():
    assert said(f"{IMPORT} import PIL.Image; print(PIL.Image is sys.modules['PIL.Image'])") == "True"


def test_pillow_that_is_there_already_stays_the_same():
    code = f"import PIL.Image; before = PIL.Image; {IMPORT} import reportlab.lib.utils; "
    assert said(code + "print(before is reportlab.lib.utils.Image is sys.modules['PIL.Image'])") == "True"


def test_reportlab_that_is_there_already_is_left_alone():
    code = f"from reportlab.pdfgen.canvas import Canvas; from PIL import Image; {IMPORT} {PICTURE} "
    assert said(code + f"print({LOADED})") == "True"


def test_many_threads_may_want_it_at_once():
    code = (
        "from threading import Barrier, Thread; from reportlab.lib import utils; start = Barrier(4); made = []\n"
        "def draw():\n    start.wait(); made.append(utils.Image.new('L', (3, 2)))\n"
        "threads = [Thread(target=draw) for _ in range(4)]\n"
        "for thread in threads: thread.start()\n"
        "for thread in threads: thread.join()\n"
        "print(len(made), all(isinstance(one, utils.Image.Image) for one in made))"
    )
    assert {said(IMPORT + code) for _ in range(5)} == {"4 True"}
