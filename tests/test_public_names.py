"""The public names are what they say they are."""

import pkgutil
import subprocess
import sys

import moitt_report


def test_the_public_names_are_sorted_and_there() -> None:
    assert moitt_report.__all__ == sorted(moitt_report.__all__)
    assert all(hasattr(moitt_report, name) for name in moitt_report.__all__)


def test_no_public_name_hides_a_module() -> None:
    modules = {module.name for module in pkgutil.iter_modules(moitt_report.__path__)}
    assert not modules & set(moitt_report.__all__)


def test_importing_the_package_loads_no_renderer() -> None:
    code = "import sys, moitt_report; print(sorted({'reportlab', 'docx', 'pptx', 'click', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
