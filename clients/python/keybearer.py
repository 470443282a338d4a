"""Access tokens from the Keybearer broker of this user. Python 3.11, standard library only.

    import keybearer
    token = keybearer.get_token("github", scopes=["repo"], min_valid=60)
    request.add_header(*token.header)

Ask each time a token is needed: the broker remembers, and renews in time. It is never started from here, no browser
is opened, and no refresh token is ever seen. Works where Python has Unix domain sockets (Linux, macOS); on Windows the
broker listens on a named pipe, which the standard library cannot use: NotSupported is raised there.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import random
import select
import socket
import stat
import struct
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Iterable

__all__ = ["Broker", "Token", "get_token", "KeybearerError", "SignInNeeded", "Denied", "TryLater", "BrokerUnreachable",
           "TimedOut", "NotSupported"]
__version__ = "0.1.0"

_LONGEST_LINE = 1 << 20    # as the broker has it
_LONGEST_KEY = 4096        # a client key is a line
_LONGEST_PATH = 107        # of a Unix socket, on Linux
_USUAL_TIMEOUT = 150.0     # a question to the person stays open for 120
_RESTART_LIMIT = 3.0       # that a broker which was there a moment ago may be away
_RESTART_PAUSE = 0.05      # between two attempts
_MOVE_IT = "Choose a directory of your own with KEYBEARER_HOME or KEYBEARER_SOCKET."


class KeybearerError(Exception):
    """What went wrong. `name` ("authorization_required") is for programs; `message` and `action` are for people."""

    def __init__(self, name: str, message: str, action: str = "", *, code: int = 0, data: dict[str, Any] | None = None):
        super().__init__(f"{message}. {action}" if action else message)
        self.name = name
        self.message = message
        self.action = action  # one sentence: what the person can do
        self.code = code      # of JSON-RPC; 0 if the error was found on this side
        self.data = data or {}
        wait = self.data.get("retry_after_seconds")
        self.retry_after: int | None = wait if isinstance(wait, int) and not isinstance(wait, bool) else None

    def _text(self, member: str) -> str | None:
        value = self.data.get(member)
        return value if isinstance(value, str) else None

    @property
    def authorization_url(self) -> str | None:
        """For the person's browser."""
        return self._text("authorization_url")

    @property
    def verification_uri(self) -> str | None:
        return self._text("verification_uri")

    @property
    def user_code(self) -> str | None:
        return self._text("user_code")


class SignInNeeded(KeybearerError):
    """A person has to sign in."""


class Denied(KeybearerError):
    """The answer is no: the person's, a policy's, or to this client key."""


class TryLater(KeybearerError):
    """Passes by itself or soon; see retry_after."""


class BrokerUnreachable(KeybearerError):
    """No broker, or not one to be trusted."""


class TimedOut(KeybearerError):
    """No answer within the timeout."""


class NotSupported(BrokerUnreachable):
    """This Python cannot reach the broker of this system."""


_KINDS: dict[str, type[KeybearerError]] = {
    **dict.fromkeys(("authorization_required", "authorization_pending", "sign_in_again", "insufficient_scope"),
                    SignInNeeded),
    **dict.fromkeys(("consent_required", "consent_denied", "consent_unavailable", "policy_denied",
                     "policy_unavailable", "client_disabled", "client_expired", "client_unknown"), Denied),
    **dict.fromkeys(("provider_unavailable", "rate_limited", "store_locked", "store_unavailable"), TryLater),
    "timed_out": TimedOut,
}


def _text(members: dict[str, Any], name: str, usual: str) -> str:
    value = members.get(name)
    return value if isinstance(value, str) else usual


def _refusal(error: Any) -> KeybearerError:
    error = error if isinstance(error, dict) else {}
    data = error.get("data") if isinstance(error.get("data"), dict) else {}
    name = _text(data, "name", "internal_error")
    code = error.get("code") if isinstance(error.get("code"), int) else 0
    return _KINDS.get(name, KeybearerError)(name, _text(error, "message", "the broker refused"),
                                            _text(data, "action", ""), code=code, data=data)


def _unreachable(message: str, action: str = "") -> BrokerUnreachable:
    return BrokerUnreachable("broker_unreachable", message, action)


class _Absent(Exception):
    """Nobody listens, which may pass."""


@dataclass(frozen=True)
class Token:
    access_token: str = field(repr=False)
    token_type: str
    expires_at: str | None  # RFC 3339 in UTC; None: it does not expire
    scopes: tuple[str, ...]
    account: str | None
    issuer: str | None
    header: tuple[str, str] = field(repr=False)  # name and value, as it goes into a request

    @staticmethod
    def _of(result: Any) -> "Token":
        if not isinstance(result, dict) or not isinstance(result.get("access_token"), str):
            raise _unreachable("the broker's answer holds no token", "Update Keybearer.")
        kind = str(result.get("token_type", "Bearer"))
        header = result.get("header") or {"name": "Authorization", "value": f"{kind} {result['access_token']}"}
        return Token(result["access_token"], kind, result.get("expires_at"), tuple(result.get("scopes") or ()),
                     result.get("account"), result.get("issuer"), (header["name"], header["value"]))


def _setting(name: str) -> str | None:
    return os.environ.get(name) or None


def _place() -> str:
    home = _setting("HOME")
    if path := _setting("KEYBEARER_SOCKET"):
        pass
    elif own := _setting("KEYBEARER_HOME"):
        path = os.path.join(own, "run", "broker.sock")
    elif sys.platform == "darwin" and (home or _setting("TMPDIR")):
        path = os.path.join(_setting("TMPDIR") or os.path.join(home or "", "Library/Caches"), "keybearer/broker.sock")
    else:
        runtime = _setting("XDG_RUNTIME_DIR")
        if runtime is None or not os.path.isabs(runtime):
            state = _setting("XDG_STATE_HOME")
            if state is None or not os.path.isabs(state):
                if home is None:
                    raise _unreachable("neither HOME nor KEYBEARER_HOME is set",
                                       "Set KEYBEARER_HOME to a directory of yours.")
                state = os.path.join(home, ".local/state")
            runtime = os.path.join(state, "keybearer/run")
        path = os.path.join(runtime, "keybearer/broker.sock")
    if len(os.fsencode(path)) > _LONGEST_PATH:
        raise _unreachable("the path of the broker's socket is too long",
                           "Choose a shorter directory with KEYBEARER_HOME or KEYBEARER_SOCKET.")
    return path


def _check_directory(path: str) -> None:
    """Whoever can put a socket there could play the broker."""
    directory = os.path.dirname(path) or "."
    try:
        status = os.lstat(directory)
    except FileNotFoundError:
        raise _Absent from None
    except OSError as error:
        raise _unreachable(f"{directory} cannot be looked at ({error.strerror})", _MOVE_IT) from None
    if not stat.S_ISDIR(status.st_mode):
        raise _unreachable(f"{directory} is a link or a file", _MOVE_IT)
    if status.st_uid != os.geteuid():
        raise _unreachable(f"{directory} belongs to another user", _MOVE_IT)
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise _unreachable(f"others may write to {directory}", f"Close it with: chmod 700 {directory}")


def _check_peer(connection: socket.socket) -> None:
    if sys.platform == "darwin":  # LOCAL_PEERCRED of SOL_LOCAL: version, user, groups
        user = struct.unpack_from("2I", connection.getsockopt(0, 1, 76))[1]
    else:
        user = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[1]
    if user != os.geteuid():
        raise _unreachable("a program of another user listens on the broker's socket",
                           "Do not go on; find out who put it there.")


def _connect(path: str) -> socket.socket:
    _check_directory(path)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.setblocking(False)
        connection.connect(path)
        _check_peer(connection)
    except OSError as error:
        connection.close()
        if error.errno in (errno.ENOENT, errno.ECONNREFUSED, errno.EAGAIN):
            raise _Absent from None
        raise _unreachable(f"cannot connect to {path} ({error.strerror})",
                           "See what is wrong with: keybearer doctor") from None
    except KeybearerError:
        connection.close()
        raise
    return connection


def _adopt(number: str) -> socket.socket:
    try:
        connection = socket.socket(fileno=os.dup(int(number)))
    except (ValueError, OSError):
        raise _unreachable("KEYBEARER_FD names a descriptor that is no connection to the broker",
                           "Let the program that started this one pass the descriptor on (in Python pass_fds), or "
                           "unset KEYBEARER_FD.") from None
    try:
        if connection.family != socket.AF_UNIX:
            raise _unreachable("KEYBEARER_FD is no connection to the broker", "Unset it; keybearer run sets it.")
        connection.getpeername()
        _check_peer(connection)
    except OSError:
        connection.close()
        raise _unreachable("the connection that keybearer run handed over has ended",
                           "Start this program again.") from None
    except KeybearerError:
        connection.close()
        raise
    return connection


def _secret() -> dict[str, str]:
    """What hello shows beside the program's name. What was handed over counts before a key."""
    if capability := _setting("KEYBEARER_CAPABILITY"):
        return {"capability": capability}
    key = _setting("KEYBEARER_CLIENT_KEY")
    return {} if key is None else {"client_key": _key(key)}


def _key(key: str) -> str:
    if not key.startswith("@"):
        return key
    try:
        with open(key[1:], encoding="ascii") as file:
            return file.read(_LONGEST_KEY).strip()
    except (OSError, ValueError):
        raise KeybearerError("invalid_params", "the file of the client key cannot be read",
                             "Check KEYBEARER_CLIENT_KEY: it names a file that holds a client key.") from None


class _Lost(Exception):
    """The connection ended before the answer came."""

    def __init__(self, error: KeybearerError):
        super().__init__(error)
        self.error = error


class _Connection:
    """One connection for any number of threads: whoever waits first reads for all."""

    def __init__(self, connection: socket.socket, first_id: int):
        self._socket = connection
        self._ids = itertools.count(first_id)
        self._state = threading.Condition()
        self._sending = threading.Lock()
        self._received = bytearray()
        self._open: set[int] = set()
        self._answers: dict[int, dict[str, Any]] = {}
        self._reading = False
        self._over: KeybearerError | None = None
        self.hello: int | None = None

    def close(self) -> None:
        with self._state:
            self._over = self._over or _unreachable("the broker closed the connection",
                                                    "Try again; if it stays so: keybearer doctor")
            self._state.notify_all()
            if not self._reading:  # who reads closes
                self._socket.close()

    def leave(self) -> None:
        """Closes this process's copy of a connection that another process goes on with; no lock of it is ours."""
        self._socket.close()

    @property
    def is_over(self) -> bool:
        return self._over is not None

    def post(self, deadline: float, *requests: tuple[str, dict[str, Any]]) -> list[int]:
        ids, lines = [], bytearray()
        for method, params in requests:
            ids.append(next(self._ids))
            lines += json.dumps({"jsonrpc": "2.0", "id": ids[-1], "method": method, "params": params}).encode() + b"\n"
        with self._state:
            self._open.update(ids)
        with self._sending:
            self._send(memoryview(lines), deadline)
        return ids

    def _send(self, left: memoryview, deadline: float) -> None:
        while left:
            try:
                left = left[self._socket.send(left, socket.MSG_DONTWAIT):]
            except BlockingIOError:
                if not self._wait(select.POLLOUT, deadline):
                    self.close()  # half a line is on its way
                    raise TimedOut("timed_out", "the broker does not read",
                                   "See what is wrong with: keybearer doctor") from None
            except OSError:
                return  # what it said before it closed is still to be read

    def answer(self, number: int, deadline: float) -> dict[str, Any]:
        try:
            while True:
                with self._state:
                    if number in self._answers:
                        return self._answers.pop(number)
                    if self._over is not None:
                        raise _Lost(self._over)
                    if self._reading:
                        self._state.wait(max(0.0, deadline - time.monotonic()))
                        if time.monotonic() >= deadline and number not in self._answers and self._over is None:
                            raise self._late()
                        continue
                    self._reading = True
                try:
                    self._read(deadline)
                finally:
                    with self._state:
                        self._reading = False
                        self._state.notify_all()
                        if self._over is not None:
                            self._socket.close()
        finally:
            with self._state:
                self._open.discard(number)
                self._answers.pop(number, None)

    @staticmethod
    def _late() -> TimedOut:
        return TimedOut("timed_out", "the broker has not answered in time",
                        "See whether it waits for you: keybearer status")

    def _wait(self, what: int, deadline: float) -> bool:
        poller = select.poll()
        poller.register(self._socket, what)
        return bool(poller.poll(max(0.0, deadline - time.monotonic()) * 1000))

    def _read(self, deadline: float) -> None:
        try:
            if not self._wait(select.POLLIN, deadline):
                raise self._late()
            piece = self._socket.recv(65536, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except (OSError, ValueError):
            piece = b""
        with self._state:
            self._received += piece
            if not piece:
                self._over = self._over or _unreachable("the broker closed the connection",
                                                        "Try again; if it stays so: keybearer doctor")
            while (end := self._received.find(b"\n")) >= 0:
                self._take(bytes(self._received[:end]))
                del self._received[:end + 1]
            if len(self._received) >= _LONGEST_LINE:
                self._over = self._nonsense()

    @staticmethod
    def _nonsense() -> KeybearerError:
        return _unreachable("what listens on the broker's socket does not speak its language",
                            "Stop the program that listens there.")

    def _take(self, line: bytes) -> None:
        if self._over is not None:
            return
        try:
            message = json.loads(line)
            number = message.get("id")
        except (ValueError, AttributeError, RecursionError):
            self._over = self._nonsense()
            return
        if "method" in message:
            return  # an event
        if "error" in message and (number is None or number == self.hello):
            self._over = _refusal(message["error"])  # the greeting, or a line that it could not read
        elif isinstance(number, int) and number in self._open and number != self.hello:
            self._answers[number] = message


class Broker:
    """The broker, for one program. Thread-safe; one is enough. Nothing is connected before the first request; the
    connection is kept, and made again after the broker was restarted. A fork gets a connection of its own."""

    def __init__(self, name: str | None = None, version: str = __version__, *, socket_path: str | None = None,
                 client_key: str | None = None):
        self._claim = {"name": name or os.path.basename(sys.argv[0] or "") or "python", "version": version}
        told = socket_path is not None or client_key is not None
        self._handed = None if told else _setting("KEYBEARER_FD")
        self._path = socket_path
        self._client_key = client_key
        self._lock = threading.Lock()
        self._connection: _Connection | None = None
        self._process = os.getpid()
        self._was_connected = False

    def __enter__(self) -> "Broker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def get_token(self, provider: str | None = None, scopes: Iterable[str] | None = None, min_valid: int = 0, *,
                  service: str | None = None, resource: str | None = None, account: str | None = None,
                  tool: str | None = None, reason: str | None = None, timeout: float = _USUAL_TIMEOUT) -> Token:
        """provider ("github", "github:ana@example.com", "apikey:weather"), service or resource, or a tool alone.
        Raises KeybearerError or one of its kinds; waits at most `timeout` seconds."""
        if provider is not None and account is None and ":" in provider:
            provider, account = provider.split(":", 1)
        params = {"provider": provider, "service": service, "resource": resource, "account": account, "tool": tool,
                  "reason": reason, "scopes": list(scopes) if scopes else None,
                  "min_valid_seconds": int(min_valid) or None}
        return Token._of(self._call("token.get", {k: v for k, v in params.items() if v is not None},
                                    time.monotonic() + timeout))

    def _call(self, method: str, params: dict[str, Any], deadline: float) -> Any:
        for attempt in itertools.count():
            connection, fresh = self._connected(deadline)
            try:
                answer = connection.answer(connection.post(deadline, (method, params))[0], deadline)
            except _Lost as lost:
                self._forget(connection)
                if fresh or attempt > 0:
                    raise lost.error from None
                continue  # a connection of before; the request changes nothing, so it may be put again
            if "error" in answer:
                raise _refusal(answer["error"])
            return answer.get("result")

    def _forget(self, connection: _Connection) -> None:
        connection.close()
        with self._lock:
            if self._connection is connection:
                self._connection = None

    def _connected(self, deadline: float) -> tuple[_Connection, bool]:
        with self._lock:
            if self._process != os.getpid() and self._handed is None:
                if self._connection is not None:
                    self._connection.leave()
                self._connection = None  # our parent's
            if self._connection is not None and not self._connection.is_over:
                return self._connection, False
            self._connection = self._open(deadline)
            self._was_connected = True
            self._process = os.getpid()
            return self._connection, True

    def _open(self, deadline: float) -> _Connection:
        if not hasattr(socket, "AF_UNIX"):
            raise NotSupported("broker_unreachable", "this Python has no Unix domain sockets",
                               "Use the Node or C library on this system.")
        if self._handed is not None:
            if self._was_connected:
                raise _unreachable("the connection that keybearer run handed over has ended",
                                   "Start this program again.")
            # Others may have asked on it before.
            return _Connection(_adopt(self._handed), random.SystemRandom().randrange(1, 1 << 30))
        secret = {"client_key": _key(self._client_key)} if self._client_key is not None else _secret()
        connection = _Connection(self._reach(self._path or _place(), deadline), 1)
        hello = {"protocol": 1, "client": self._claim, **secret}
        connection.hello = connection.post(deadline, ("hello", hello))[0]
        return connection

    def _reach(self, path: str, deadline: float) -> socket.socket:
        """A broker that was there is given time to come back; one that was not is not waited for."""
        limit = time.monotonic() + _RESTART_LIMIT if self._was_connected else 0.0
        while True:
            try:
                return _connect(path)
            except _Absent:
                if time.monotonic() >= min(limit, deadline):
                    raise _unreachable(f"the broker is not running (nobody listens on {path})",
                                       "Start it with: keybearer status") from None
                time.sleep(_RESTART_PAUSE)


_shared: Broker | None = None
_sharing = threading.Lock()


def get_token(provider: str | None = None, scopes: Iterable[str] | None = None, min_valid: int = 0,
              **more: Any) -> Token:
    """Broker.get_token of one Broker for the whole program."""
    global _shared
    with _sharing:
        if _shared is None:
            _shared = Broker()
    return _shared.get_token(provider, scopes, min_valid, **more)
