"""`explain`: every printed number is walked to its cell, from whatever file carries the brief."""

import io
import json
import re
import zipfile
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import moitt_report
from conftest import compose_builtin
from moitt_report.brief.content import Figure, Table, blocks, plain, runs
from moitt_report.cli.explain import command
from moitt_report.errors import InputError, UsageError
from moitt_report.pipeline.carried import read_brief
from moitt_report.pipeline.explain import explain, explained
from moitt_report.render.pdf import carried
from moitt_report.shipped import shipped

QUARTER = compose_builtin("2024-25-Q2")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The brief as each file that carries it, and as the annex workbook, which does not."""
    folder = tmp_path_factory.mktemp("made")
    built = moitt_report.build(["2024-25-Q2"], out=folder, formats=["pdf", "docx", "xlsx"])
    files = {file.suffix[1:]: file for file in built.files}
    files["json"] = folder / "brief.json"
    files["json"].write_text(built.brief.as_json, "utf-8")
    return files


def run(*words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)


# --- the chain ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["pdf", "docx", "json"])
def test_the_brief_that_a_file_carries_is_the_brief_it_was_made_of(made: dict[str, Path], kind: str) -> None:
    assert read_brief(made[kind]) == QUARTER


@pytest.mark.parametrize("kind", ["pdf", "docx", "json"])
def test_printed_words_lead_to_the_line_of_the_return(made: dict[str, Path], kind: str) -> None:
    told = run(made[kind], "Rs 2,243.6 million").output
    assert "Utilised, July–December 2024: Rs 2,243.6 million\n" in told
    assert "\n  read: 2024-25-Q2/moitt.yaml:144, as “2 arab 24 crore 36 lakh”\n" in told
    assert "\n  source: S1: Jang, date not on record – https://jang.com.pk/news/1447465\n" in told
    line = shipped("data", "returns", "2024-25-Q2", "moitt.yaml").read_text("utf-8").splitlines()[143:150]
    assert any("2 arab 24 crore 36 lakh" in words for words in line)


def test_the_time_of_a_project_in_a_sentence_rests_on_its_days_alone() -> None:
    brief = compose_builtin("2025-26-Q2")
    (sentence,) = (
        [run for run in cell.runs if isinstance(run, Figure)]
        for block in blocks(brief)
        if isinstance(block, Table) and block.anchor == "flags"
        for row in block.rows
        for cell in row.cells
        if plain(cell.runs).endswith("63.7\u00a0% of its time is used")
        and plain(cell.runs).startswith("Physical")
    )
    used = explained(brief, sentence[-1].fact)
    (fact,) = (used.facts[name] for name in used.found)
    assert [used.facts[name].label.partition(",")[0] for name in fact.inputs] == [
        "Days from 1\u00a0July 2022 to 31\u00a0December 2025",
        "Days from 1\u00a0July 2022 to 31\u00a0December 2027",
    ]
    assert len(used.facts) == 3
    assert used.sources


def test_the_note_beside_an_amount_is_told_with_it(made: dict[str, Path]) -> None:
    told = run(made["pdf"], "allocation").output
    assert "\n  note: “" in told
    note = "Called the initial allocation in a report printed after the year had ended"
    assert any(fact.note.startswith(note) for fact in QUARTER.facts)
    given = moitt_report.build(
        ["2024-25-Q2"], out=made["json"].parent / "annexed", formats=["json"], annexes=["facts"]
    )
    assert f"note: “</>{note}" in "</>".join(run.words for run in runs(given.brief))


def test_a_rate_leads_to_both_of_its_figures(made: dict[str, Path]) -> None:
    told = run(made["pdf"], "utilised.of-authorised").output.splitlines()
    assert "  computed: utilised ÷ amount authorised × 100; done again from its inputs, and it agrees" in told
    assert "  Utilised, July–December 2024: Rs 2,243.6 million" in told
    assert "  Authorised, July–December 2024: Rs 8,375 million" in told
    assert "    read: 2024-25-Q2/moitt.yaml:139, as “Rs8.375 billion”" in told


def test_every_printed_number_of_the_brief_can_be_asked_for_and_is_found() -> None:
    for run in runs(QUARTER):
        if isinstance(run, Figure):
            assert (
                run.fact in explained(QUARTER, run.words.replace("\u00a0", " ").replace("\u2212", "-")).found
            )


def test_a_number_is_found_without_its_separators_and_its_unit(made: dict[str, Path]) -> None:
    assert explain(made["json"], "2243.6").found == ("utilised",)
    assert explain(made["json"], "rs 23929 million").found == ("allocation",)


def test_a_number_asked_for_with_its_unit_is_one_of_that_unit() -> None:
    def asked(words: str) -> set[str]:
        found = explained(QUARTER, words)
        return {found.facts[name].unit for name in found.found}

    assert asked("35 %") == {"%"}  # printed as 35.0 %
    assert asked("Rs 35") == {"Rs million"}
    assert len(asked("35")) > 1


def test_several_figures_printed_alike_are_all_shown() -> None:
    some = explained(QUARTER, "35.0 %").found
    assert some == ("authorised.of-allocation",)
    assert len(explained(QUARTER, "n.r.").found) > 100


def test_of_very_many_figures_each_gets_a_line(made: dict[str, Path]) -> None:
    first, *lines = run(made["json"], "n.r.").output.splitlines()
    assert first == f"{len(lines)} figures are printed so; ask for one by its id:"
    assert "e-office" in next(line for line in lines if line.startswith("project.e-office.utilised:"))


def test_what_was_told_is_not_told_again(made: dict[str, Path]) -> None:
    told = run(made["json"], "projects.of-allocation").output
    assert told.count("read: 2024-25-Q2/moitt.yaml:251") == 1


def test_a_near_miss_is_suggested(made: dict[str, Path]) -> None:
    with pytest.raises(UsageError, match=r"did you mean .*“26\.8\u00a0% \(utilised\.of-authorised\)”"):
        explain(made["pdf"], "26,8 %")
    with pytest.raises(UsageError, match=r"“utilised\.of-authorised”"):
        explain(made["pdf"], "utilised.of-authorized")


def test_the_chain_as_json_is_flat_and_whole(made: dict[str, Path]) -> None:
    told = json.loads(run(made["docx"], "26.8 %", "--json").output)
    assert told["found"] == ["utilised.of-authorised"]
    assert set(told["facts"]) == {"utilised.of-authorised", "utilised", "authorised"}
    assert told["facts"]["authorised"]["address"] == "2024-25-Q2/moitt.yaml:139"
    assert "Table 1" in told["facts"]["utilised"]["places"]
    assert set(told["sources"]) == {"S1", "S10"}


def test_on_a_terminal_the_chain_is_a_tree(
    made: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    command.main([str(made["json"]), "utilised.of-authorised"], standalone_mode=False)
    told = capsys.readouterr().out
    assert "├── " in told
    assert "└── " in told


# --- files that are not ours, or mean ill ---------------------------------------------------------


def refusal(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_brief(path)
    (problem,) = caught.value.problems
    assert problem.file == path.name
    assert problem.remedy
    return problem.what


def attachment(data: bytes) -> bytes:
    return (
        b"1 0 obj\n<</Type /EmbeddedFile /Filter /FlateDecode>>\nstream\n" + data + b"\nendstream\nendobj\n"
    )


BRIEF = QUARTER.as_json.encode()


def test_a_pdf_is_read_after_a_signature_was_added(made: dict[str, Path], tmp_path: Path) -> None:
    signed = tmp_path / "signed.pdf"
    signed.write_bytes(
        made["pdf"].read_bytes() + b"\n999 0 obj\n<</Type /Sig /Contents <00>>>\nendobj\n%%EOF\n"
    )
    assert read_brief(signed) == QUARTER


def test_a_pdf_without_a_brief_says_so(tmp_path: Path) -> None:
    assert "carries no brief" in refusal(tmp_path / "a.pdf", b"%PDF-1.7\n%%EOF\n")
    other = attachment(zlib.compress(b'{"format": "something else"}'))
    assert "carries no brief" in refusal(tmp_path / "a.pdf", b"%PDF-1.7\n" + other)
    assert "carries no brief" in refusal(tmp_path / "a.pdf", b"%PDF-1.7\n" + attachment(b"no zlib stream"))
    cut = zlib.compress(BRIEF)[:-200]
    assert "carries no brief" in refusal(tmp_path / "a.pdf", b"%PDF-1.7\n" + attachment(cut))


def test_a_pdf_with_two_briefs_that_differ_is_refused(tmp_path: Path) -> None:
    one, other = zlib.compress(BRIEF), zlib.compress(BRIEF.replace(b"2243.6", b"9999.9"))
    same = b"%PDF-1.7\n" + attachment(one) + attachment(one)
    (tmp_path / "same.pdf").write_bytes(same)
    assert read_brief(tmp_path / "same.pdf") == QUARTER
    assert refusal(tmp_path / "a.pdf", b"%PDF-1.7\n" + attachment(one) + attachment(other)) == (
        "carries two briefs that differ"
    )


def test_a_pdf_whose_attachment_was_exchanged_is_refused(made: dict[str, Path], tmp_path: Path) -> None:
    original = made["pdf"].read_bytes()
    start = next(
        m.end()
        for m in re.finditer(rb"/EmbeddedFile.{0,400}?stream\r?\n", original, re.DOTALL)
        if zlib.decompressobj().decompress(original[m.end() :], 40).startswith(b'{"format"')
    )
    inflater = zlib.decompressobj()
    inflater.decompress(original[start:])
    rest = inflater.unused_data
    forged = original[:start] + zlib.compress(BRIEF.replace(b"2243.6", b"9999.9")) + rest
    assert refusal(tmp_path / "a.pdf", forged) == "carries a brief that is not the one it was made with"


def test_a_bomb_in_a_pdf_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carried, "MOST_JSON", 100_000)
    bomb = zlib.compress(b'{"format":"moitt-report/brief/1",' + b" " * 5_000_000)
    assert "unpacks to an absurd size" in refusal(tmp_path / "a.pdf", b"%PDF-1.7\n" + attachment(bomb))


def test_a_pdf_of_nothing_but_marks_is_given_up_soon(tmp_path: Path) -> None:
    assert "attachments" in refusal(tmp_path / "a.pdf", b"%PDF-1.7\n" + b"/EmbeddedFile" * 100_000)


def test_a_word_file_whose_brief_was_altered_or_taken_out_is_refused(
    made: dict[str, Path], tmp_path: Path
) -> None:
    def changed(change: object) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(made["docx"]) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                data = change(name, old.read(name))  # type: ignore[operator]
                if data is not None:
                    new.writestr(name, data)
        return out.getvalue()

    piece = re.compile(rb'<brief xmlns="urn:moitt-report:brief:1"')
    altered = changed(lambda _, data: data.replace(b"2243.6", b"9999.9") if piece.search(data) else data)
    assert "was altered" in refusal(tmp_path / "a.docx", altered)
    without = changed(lambda _, data: None if piece.search(data) else data)
    assert "carries no brief" in refusal(tmp_path / "a.docx", without)
    one_less = changed(lambda _, data: None if piece.search(data) and b'piece="2"' in data else data)
    assert "is not whole" in refusal(tmp_path / "a.docx", one_less)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.json", b"{", "is not a brief: it is not JSON"),
        ("a.json", b"\x00\xff", "is not a brief: it is not JSON"),
        ("a.json", b"[" * 200_000, "is not a sound brief"),
        ("a.json", b'{"sections":' + b'[{"blocks":' * 200_000, "is not a brief: it is not JSON"),
        ("a.json", b"{}", "is not a sound brief"),
        ("a.json", BRIEF.replace(b'"value":"2243.6"', b'"value":"9999.9"'), "is not a sound brief: fact"),
        ("a.docx", b"PK\x03\x04 no archive", "is not a Word file, or is damaged"),
        ("a.xlsx", b"PK\x03\x04", "is a workbook, which does not carry the brief"),
    ],
)
def test_what_is_no_brief_is_refused_in_plain_words(
    tmp_path: Path, name: str, data: bytes, what: str
) -> None:
    assert refusal(tmp_path / name, data).startswith(what)


def test_the_annex_workbook_does_not_carry_the_brief_and_says_so(
    made: dict[str, Path], tmp_path: Path
) -> None:
    assert "does not carry the brief" in refusal(tmp_path / "a.xlsx", made["xlsx"].read_bytes())


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match=r"there is no file “nowhere\.pdf”"):
        explain("nowhere.pdf", "1")
