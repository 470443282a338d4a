#!/usr/bin/env python3
"""An MCP server with one tool, whoami: it asks an HTTP API who the person is, with a token of the broker.

    WHOAMI_URL=https://api.github.com/user WHOAMI_PROVIDER=github python3 whoami_server.py

JSON-RPC over standard input and output, one message a line. Standard library only.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # not needed once keybearer is installed

import keybearer  # noqa: E402

URL = os.environ.get("WHOAMI_URL", "https://api.github.com/user")
PROVIDER = os.environ.get("WHOAMI_PROVIDER", "github")
LONGEST_ANSWER = 65536
TOOLS = [{"name": "whoami", "description": "Who is signed in", "inputSchema": {"type": "object", "properties": {}}}]


def said(text, is_error=False):
    return {"content": [{"type": "text", "text": text}], "isError": is_error}


def whoami():
    try:
        token = keybearer.get_token(PROVIDER, min_valid=60, reason="to ask who you are")
    except keybearer.KeybearerError as error:
        # The model reads it, and so does the person: what happened, and what to do.
        return said(" ".join(filter(None, (f"{error.name}: {error}", error.authorization_url))), is_error=True)
    request = urllib.request.Request(URL, headers={"User-Agent": "whoami-server", token.header[0]: token.header[1]})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return said(answer.read(LONGEST_ANSWER).decode())
    except urllib.error.HTTPError as error:
        return said(f"the API answered {error.code}", is_error=True)
    except OSError as error:
        return said(f"the API cannot be reached: {error}", is_error=True)


def result_of(method, params):
    if method == "initialize":
        return {"protocolVersion": params.get("protocolVersion", "2025-11-25"), "capabilities": {"tools": {}},
                "serverInfo": {"name": "whoami", "version": keybearer.__version__}}
    if method == "ping":
        return {}
    if method == "tools/list":
        return {"tools": TOOLS}
    if method == "tools/call" and params.get("name") == "whoami":
        return whoami()
    return None


for line in sys.stdin:
    message = json.loads(line)
    if "id" not in message or "method" not in message:
        continue  # a notification gets no answer
    result = result_of(message["method"], message.get("params") or {})
    answer = {"result": result} if result is not None else {"error": {"code": -32601, "message": "no such method or tool"}}
    print(json.dumps({"jsonrpc": "2.0", "id": message["id"], **answer}), flush=True)
