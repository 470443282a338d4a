#!/usr/bin/env python3
"""The smallest MCP server that has something to show: its one tool says whose token it was given, and until when.

JSON-RPC over standard input and output, one message a line. Standard library only. docs/getting-started.md uses it.
"""

import base64
import json
import os
import sys
import time

TOOL = {"name": "whose_token", "description": "Says whose token this server was started with",
        "inputSchema": {"type": "object", "properties": {}}}


def whose_token():
    """What the demo provider's token says of itself. It is not checked: a server of yours hands it to an API."""
    payload = os.environ["TOKEN"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return f"a token of {claims['sub']}, good for {round(claims['exp'] - time.time())} seconds"


def result_of(method, params):
    if method == "initialize":
        return {"protocolVersion": params.get("protocolVersion", "2025-11-25"), "capabilities": {"tools": {}},
                "serverInfo": {"name": "hello", "version": "1"}}
    if method == "ping":
        return {}
    if method == "tools/list":
        return {"tools": [TOOL]}
    if method == "tools/call" and params.get("name") == TOOL["name"]:
        return {"content": [{"type": "text", "text": whose_token()}]}
    return None


for line in sys.stdin:
    message = json.loads(line)
    if "id" in message and "method" in message:  # a notification gets no answer
        result = result_of(message["method"], message.get("params") or {})
        answer = {"error": {"code": -32601, "message": "no such method or tool"}} if result is None else {"result": result}
        print(json.dumps({"jsonrpc": "2.0", "id": message["id"], **answer}), flush=True)
