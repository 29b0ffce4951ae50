"""The language server over its real protocol, asked by the client of another project."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient
from pygls.lsp.server import LanguageServer

from fruslint import __version__
from fruslint.cli import main

ROOT = Path(__file__).resolve().parents[1]
MEMORANDUM = ROOT / "corpus" / "sound" / "frus1961-63v90" / "d41.txt"
VOLUME = next((ROOT / "corpus" / "sound").rglob("*.xml"))
PATIENCE = 60
Conversation = Callable[["Editor"], Awaitable[None]]


class Editor:
    """What an editor does: opens files, types, and waits for what it is told."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.marks: dict[tuple[str, int | None], list[types.Diagnostic]] = {}
        self.said: list[str] = []
        self._news = asyncio.Condition()

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        async def marked(params: types.PublishDiagnosticsParams) -> None:
            async with self._news:
                self.marks[params.uri, params.version] = list(params.diagnostics)
                self._news.notify_all()

        @client.feature(types.WINDOW_SHOW_MESSAGE)
        async def shown(params: types.ShowMessageParams) -> None:
            self.said.append(params.message)

    def open(self, path: Path, text: str) -> str:
        """Open a file with a text that need not be the one on the disk; its URI."""
        item = types.TextDocumentItem(path.as_uri(), "plaintext", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return path.as_uri()

    def type(self, uri: str, version: int, start: tuple[int, int], end: tuple[int, int], text: str) -> None:
        """Replace what stands between two places, counted from 0."""
        change = types.TextDocumentContentChangePartial(types.Range(types.Position(*start), types.Position(*end)), text)
        document = types.VersionedTextDocumentIdentifier(version, uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def marked(self, uri: str, version: int | None = 1) -> list[types.Diagnostic]:
        """The marks of a version, as soon as they are there."""
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(lambda: (uri, version) in self.marks), PATIENCE)
        return self.marks[uri, version]

    async def offered(self, uri: str, where: types.Range, *only: str) -> list[Any]:
        """What can be done at a place; the client takes an action that is but a command for that command."""
        context = types.CodeActionContext([], list(only) or None)
        document = types.TextDocumentIdentifier(uri)
        found = await self.client.text_document_code_action_async(types.CodeActionParams(document, where, context))
        return list(found or ())


@asynccontextmanager
async def editor(folder: Path, units: str) -> AsyncIterator[Editor]:
    client = LanguageClient("tests", "1")
    made = Editor(client)
    await client.start_io(sys.executable, "-m", "fruslint", "lsp", env={**os.environ, "PYTHONPATH": str(ROOT)})
    general = types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind(units)])
    started = await client.initialize_async(
        types.InitializeParams(types.ClientCapabilities(general=general), root_uri=folder.as_uri())
    )
    assert started.server_info == types.ServerInfo("fruslint", __version__)
    client.initialized(types.InitializedParams())
    try:
        yield made
    finally:
        await client.shutdown_async(None)
        client.exit(None)
        await asyncio.wait_for(client.stop(), PATIENCE)


@pytest.fixture
def talk(tmp_path: Path) -> Callable[..., None]:
    """Holds a conversation with a server, in a folder of its own."""

    def hold(conversation: Conversation, units: str = "utf-16") -> None:
        async def whole() -> None:
            async with editor(tmp_path, units) as made:
                await conversation(made)

        asyncio.run(whole())

    return hold


def save(folder: Path, name: str, text: str) -> Path:
    path = folder / "frus1961-63v90" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def codes(found: list[types.Diagnostic]) -> list[Any]:
    return [one.code for one in found if one.severity != types.DiagnosticSeverity.Information]


def test_marks_come_and_go_while_someone_types(talk: Callable[..., None], tmp_path: Path) -> None:
    text = MEMORANDUM.read_text(encoding="utf-8")
    lines = text.split("\n")
    line = next(number for number, words in enumerate(lines) if "[Page " in words)
    column = lines[line].index("[Page ")

    async def conversation(editor: Editor) -> None:
        uri = editor.open(save(tmp_path, "d41.txt", "not what is typed"), text)
        assert codes(await editor.marked(uri)) == []
        editor.type(uri, 2, (line, column), (line, column + 6), "[Pg ")
        [mark] = [one for one in await editor.marked(uri, 2) if one.code == "PAGE004"]
        assert mark.range.start == types.Position(line, column)
        assert mark.source == "fruslint"
        editor.type(uri, 3, (line, column), (line, column + 4), "[Page ")
        assert codes(await editor.marked(uri, 3)) == []
        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        assert await editor.marked(uri, None) == []

    talk(conversation)


@pytest.mark.parametrize(("units", "width"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
def test_places_are_counted_as_the_editor_counts(
    units: str, width: int, talk: Callable[..., None], tmp_path: Path
) -> None:
    text = MEMORANDUM.read_text(encoding="utf-8").rstrip("\n")
    last = text.count("\n")
    added = "\n\u2028 \U0001f600{"  # a line separator ends no line here

    async def conversation(editor: Editor) -> None:
        uri = editor.open(save(tmp_path, "d41.txt", ""), text)
        editor.type(uri, 2, (last, 10_000), (last, 10_000), added)
        separator = len("\u2028".encode()) if units == "utf-8" else 1
        marks = [one for one in await editor.marked(uri, 2) if one.code == "TYPO007"]
        assert [mark.range.start for mark in marks] == [types.Position(last + 1, separator + 1 + width)]

    talk(conversation, units)


def test_what_is_said_and_offered_at_a_place(talk: Callable[..., None], tmp_path: Path) -> None:
    text = MEMORANDUM.read_text(encoding="utf-8").replace("[Page ", "[Pg ", 1)

    async def conversation(editor: Editor) -> None:
        uri = editor.open(save(tmp_path, "d41.txt", text), text)
        [mark] = [one for one in await editor.marked(uri) if one.code == "PAGE004"]
        place = types.TextDocumentIdentifier(uri)
        said = await editor.client.text_document_hover_async(types.HoverParams(place, mark.range.start))
        assert said is not None
        assert isinstance(said.contents, types.MarkupContent)
        assert said.contents.value.startswith("**PAGE004** malformed-page-marker (error)")
        nothing = await editor.client.text_document_hover_async(types.HoverParams(place, types.Position(1, 0)))
        assert nothing is None
        offered = await editor.offered(uri, mark.range)
        assert {"Fix PAGE004", "Accept PAGE004: as printed", "Explain PAGE004"} <= {one.title for one in offered}
        [fix] = [one for one in offered if one.title == "Fix PAGE004"]
        assert fix.is_preferred
        assert fix.edit is not None
        [change] = fix.edit.document_changes or []
        assert isinstance(change, types.TextDocumentEdit)
        assert change.text_document.version == 1
        assert [one.kind for one in await editor.offered(uri, mark.range, "source.fixAll")] == [
            "source.fixAll.fruslint"
        ]
        explained = types.ExecuteCommandParams("fruslint.explain", ["PAGE004"])
        await editor.client.workspace_execute_command_async(explained)
        assert any(words.startswith("PAGE004 malformed-page-marker: ") for words in editor.said)

    talk(conversation)


def test_a_volume_with_markup_a_broken_one_and_related_places(talk: Callable[..., None], tmp_path: Path) -> None:
    text = VOLUME.read_text(encoding="utf-8")
    doubled = text.replace('xml:id="d2"', 'xml:id="d1"', 1)

    async def conversation(editor: Editor) -> None:
        uri = editor.open(save(tmp_path, VOLUME.name, ""), doubled)
        marks = await editor.marked(uri)
        assert any(mark.related_information for mark in marks)
        editor.type(uri, 2, (3, 0), (3, 0), "<")
        assert codes(await editor.marked(uri, 2)) == ["FILE003"]

    talk(conversation)


def test_a_configuration_that_is_wrong_is_said_at_the_top(talk: Callable[..., None], tmp_path: Path) -> None:
    text = MEMORANDUM.read_text(encoding="utf-8")
    configuration = save(tmp_path, "fruslint.yaml", "rulez: {}\n")

    async def conversation(editor: Editor) -> None:
        uri = editor.open(save(tmp_path, "d41.txt", text), text)
        [mark] = await editor.marked(uri)
        assert "rulez" in mark.message
        assert "did you mean `rules`?" in mark.message
        configuration.write_text("rules: {}\n", encoding="utf-8")
        saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(configuration.as_uri()))
        editor.marks.clear()
        editor.client.text_document_did_save(saved)
        assert codes(await editor.marked(uri)) == []

    talk(conversation)


def test_what_is_accepted_is_not_marked_any_more(talk: Callable[..., None], tmp_path: Path) -> None:
    text = MEMORANDUM.read_text(encoding="utf-8").replace("[Page ", "[Pg ", 1)
    for words in (["init", "--quiet"], ["config", "user.name", "An Editor"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)

    async def conversation(editor: Editor) -> None:
        uri = editor.open(save(tmp_path, "d41.txt", "not what is typed"), text)
        assert "PAGE004" in codes(await editor.marked(uri))
        start = text.index("[Pg ")
        end = text.index("]", start) + 1
        editor.marks.clear()
        for rule in ("PAGE004", "PAGE001"):
            asked = types.ExecuteCommandParams("fruslint.accept", [uri, rule, start, end, "as printed"])
            await editor.client.workspace_execute_command_async(asked)
        assert "PAGE004" not in codes(await editor.marked(uri))
        assert editor.said[0].startswith("Accepted PAGE004: as printed (")
        assert editor.said[1] == "there is no finding of PAGE001 here any more"
        ledger = (tmp_path / "fruslint-accepted.yaml").read_text(encoding="utf-8")
        assert "PAGE004" in ledger
        assert "An Editor" in ledger

    talk(conversation)


def test_a_conversation_that_ends_in_order_is_no_error() -> None:
    told = (
        {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "initialize",
            "params": {"processId": None, "rootUri": None, "capabilities": {}},
        },
        {"jsonrpc": "2.0", "id": 2, "method": "shutdown"},
        {"jsonrpc": "2.0", "method": "exit"},
    )
    bodies = [json.dumps(one).encode() for one in told]
    data = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    command = [sys.executable, "-m", "fruslint", "lsp"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, check=False, env=environment)
    assert (done.returncode, done.stderr) == (0, b"")


def test_without_the_library_it_is_said_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "fruslint.lsp.server", None)
    assert main(["lsp"]) == 2
    assert 'pip install "fruslint[lsp]"' in capsys.readouterr().err


def test_the_server_lets_go_of_what_it_needs_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[bool] = []
    monkeypatch.setattr(LanguageServer, "start_io", lambda _: searched.append(gc.isenabled()))
    assert main(["lsp"]) == 0
    assert searched == [True]
