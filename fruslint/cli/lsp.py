"""``fruslint lsp``: answers an editor."""

from __future__ import annotations

import gc
from argparse import Namespace

from fruslint.cli import CLEAN
from fruslint.cli.parser import Parser
from fruslint.errors import ConfigurationError

_DESCRIPTION = """\
Speaks the Language Server Protocol on standard input and output, for editors: findings while you type, what a rule is
about, fixes. An editor starts it by itself; docs/editors.md says how to tell yours. The configuration of each file holds.
"""
_EPILOG = """\
needs:
  pip install "fruslint[lsp]"
"""


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.description, parser.epilog = _DESCRIPTION, _EPILOG
    parser.add_argument("--stdio", action="store_true", help="what is done in any case; some editors add it")


def run(options: Namespace) -> int:
    """Serve until the editor says that it is enough; raises ConfigurationError where the library is missing."""
    try:
        from fruslint.lsp.server import make_server
    except ImportError as error:
        hint = 'install it with `pip install "fruslint[lsp]"`, or in a copy of the repository `pip install ".[lsp]"`'
        raise ConfigurationError(f"the language server needs the package {error.name}", hint=hint) from None
    server = make_server()
    gc.enable()  # other commands end before a search for circles is worth it; this one runs for days
    server.start_io()
    return CLEAN
