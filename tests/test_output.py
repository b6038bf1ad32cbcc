"""Files are written all or none, and what stood in their places before stays when one cannot be."""

import os
from pathlib import Path

import pytest

from moitt_report.errors import OutputError
from moitt_report.pipeline.output import write_all


def files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_a_folder_in_the_place_of_a_file_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"before")
    (tmp_path / "b.docx" / "x").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"b\.docx cannot be written: a folder stands at its place; close"):
        write_all([(tmp_path / "a.pdf", b"after"), (tmp_path / "b.docx", b"after")])
    assert files(tmp_path) == {"a.pdf": b"before"}


@pytest.mark.parametrize("failing", [0, 1, 2])
def test_a_file_open_elsewhere_leaves_all_as_they_were(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("a.pdf", "b.docx", "c.xlsx")
    (tmp_path / "a.pdf").write_bytes(b"before")
    (tmp_path / "c.xlsx").write_bytes(b"before too")
    before = files(tmp_path)
    put = os.replace

    def replace(source: Path, target: Path) -> None:
        if target.name == names[failing]:  # as Windows does while Word has it open
            raise PermissionError(13, "Permission denied", str(source), 32, str(target))
        put(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", replace)
        with pytest.raises(OutputError) as caught:
            write_all([(tmp_path / name, b"after") for name in names])
    assert str(caught.value).startswith(f"{tmp_path / names[failing]} cannot be written: Permission denied; ")
    assert ".part" not in str(caught.value)
    assert files(tmp_path) == before
    assert write_all([(tmp_path / name, b"after") for name in names])
    assert files(tmp_path) == dict.fromkeys(names, b"after")
