"""The server itself: what it is told by an editor, and what it answers."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from enum import Enum
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method
from pygls.uris import to_fs_path

from fruslint import __version__
from fruslint.errors import ConfigurationError
from fruslint.findings import Finding
from fruslint.lsp import actions, showing
from fruslint.lsp.buffers import Buffer, offset_of
from fruslint.lsp.checking import PAUSE, Checked, Checker
from fruslint.source import Span

_CONFIGURATION = (".yaml", ".yml", ".toml")


class Protocol(LanguageServerProtocol):
    """Leaves the open texts to the server, which knows what a line is; the one of the library splits at more characters."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Generator[Any, Any, None]:
        """A file was opened."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        """A file was changed."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Generator[Any, Any, None]:
        """A file was closed."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None


class Server(LanguageServer):
    """Knows the open texts by their URI, and what was found in the latest version that was checked."""

    def __init__(self) -> None:
        super().__init__(showing.NAME, __version__, protocol_cls=Protocol)
        self.buffers: dict[str, Buffer] = {}
        self.found: dict[str, Checked] = {}
        self.uris: dict[str, str] = {}
        self.checker = Checker(self._tell)

    @property
    def units(self) -> str:
        """What the editor counts characters in."""
        return _value(self.workspace.position_encoding)

    def open(self, uri: str, text: str, version: int) -> None:
        """Begin to check a file; what is not on the disk has no configuration, and is let alone."""
        path = to_fs_path(uri)
        if path is not None:
            self.buffers[uri], self.uris[path] = Buffer(path, text, version), uri
            self.check(uri, 0)

    def check(self, uri: str, pause: float = PAUSE) -> None:
        """Have a file checked after a pause."""
        buffer = self.buffers[uri]
        self.checker.ask(buffer.source.path, buffer.source.text, buffer.version, pause)

    def close(self, uri: str) -> None:
        """Forget a file and take its marks away."""
        buffer = self.buffers.pop(uri, None)
        self.found.pop(uri, None)
        if buffer is not None:
            self.checker.forget(buffer.source.path)
            self.uris.pop(buffer.source.path, None)
            self._publish(uri, None, [])

    def at(self, uri: str, span: types.Range) -> list[Finding]:
        """The findings that a range touches."""
        buffer, checked = self.buffers.get(uri), self.found.get(uri)
        if buffer is None or checked is None:
            return []
        start, end = (offset_of(buffer.source, position, self.units) for position in (span.start, span.end))
        return [one for one in checked.findings if one.place.span.start <= end and start <= one.place.span.end]

    def _tell(self, path: str, version: int, checked: Checked) -> None:
        uri = self.uris.get(path)
        buffer = self.buffers.get(uri) if uri is not None else None
        if uri is None or buffer is None or buffer.version != version:
            return  # it was closed or changed in the meantime; the next check is under way
        self.found[uri] = checked
        self._publish(uri, version, showing.diagnostics(checked, buffer.source, self.units))

    def _publish(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))


def make_server() -> Server:
    """A server that is ready to be started."""
    server = Server()
    for add in (_add_texts, _add_files, _add_questions, _add_commands):
        add(server)
    return server


def _add_texts(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        ls.open(document.uri, document.text, document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        if uri in ls.buffers:
            ls.buffers[uri].change(params.content_changes, params.text_document.version, ls.units)
            ls.found.pop(uri, None)
            ls.check(uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        ls.close(params.text_document.uri)


def _add_files(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
        if params.text_document.uri.endswith(_CONFIGURATION):
            _check_all(ls)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def others_changed(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
        if any(change.uri.endswith(_CONFIGURATION) for change in params.changes):
            _check_all(ls)

    @server.feature(types.SHUTDOWN)
    async def stopped(ls: Server, params: None) -> None:
        ls.checker.close()


def _check_all(server: Server) -> None:
    """A configuration or a ledger has changed, and everything may be different."""
    for uri in list(server.buffers):
        server.check(uri, 0)


def _add_questions(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
        uri = params.text_document.uri
        findings = ls.at(uri, types.Range(params.position, params.position))
        if not findings:
            return None
        return showing.hover(findings, ls.found[uri].rules, ls.buffers[uri].source, ls.units)

    kinds: list[types.CodeActionKind | str] = [types.CodeActionKind.QuickFix, actions.FIX_ALL]

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))
    async def offer(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        if uri not in ls.found:
            return []
        offered = actions.actions(uri, ls.buffers[uri], ls.at(uri, params.range), ls.found[uri].findings, ls.units)
        only = params.context.only
        return [action for action in offered if only is None or _is_wanted(action, only)]


def _is_wanted(action: types.CodeAction, only: Sequence[types.CodeActionKind | str]) -> bool:
    kind = _value(action.kind)
    return any(kind == one or kind.startswith(f"{one}.") for one in map(_value, only))


def _value(word: object) -> str:
    return str(word.value if isinstance(word, Enum) else word)


def _add_commands(server: Server) -> None:
    @server.command(actions.EXPLAIN)
    async def explain(ls: Server, rule: str) -> str:
        about = next((found.rules[rule] for found in ls.found.values() if rule in found.rules), None)
        said = (
            f"{rule} {about.name}: {about.summary}\n\n{about.why}" if about else f"There is no finding of {rule} here."
        )
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Info, said))
        return said

    @server.command(actions.ACCEPT)
    async def accept(ls: Server, uri: str, rule: str, start: int, end: int, reason: str) -> str:
        from fruslint.lsp.session import accept_in

        buffer = ls.buffers[uri].source
        try:
            said = await ls.checker.elsewhere(accept_in, buffer.path, buffer.text, rule, Span(start, end), reason)
        except ConfigurationError as error:
            ls.window_show_message(types.ShowMessageParams(types.MessageType.Error, str(error)))
            return str(error)
        _check_all(ls)
        ls.window_show_message(types.ShowMessageParams(types.MessageType.Info, said))
        return said
