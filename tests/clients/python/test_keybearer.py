"""The Python library against a broker that says what a test tells it to say."""

import json
import os
import shutil
import socket
import sys
import tempfile
import threading
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "clients" / "python"))

import keybearer  # noqa: E402

RESULT = {"access_token": "tok-1", "token_type": "Bearer", "expires_at": "2026-05-01T09:30:00Z", "scopes": ["repo"],
          "account": "ana@example.com", "issuer": "https://a"}


def answers(request, say, _):
    say({"id": request["id"], "result": RESULT})


def refuses(name, **more):
    def script(request, say, _):
        say({"id": request["id"], "error": {"code": -31000, "message": "no",
                                            "data": {"name": name, "action": "Do it.", **more}}})
    return script


class ScriptedBroker:
    """script(request, say, connection) is what to do with a token.get; greet the same for hello."""

    def __init__(self, home, script=answers):
        self.home, self.script = home, script
        self.greet = lambda request, say, _: say({"id": request["id"], "result": {"server": "keybearerd"}})
        self.received, self.connections = [], []
        os.makedirs(os.path.join(home, "run"), mode=0o700, exist_ok=True)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(os.path.join(home, "run", "broker.sock"))
        self.listener.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        def say(message):
            connection.sendall(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
        try:
            with connection.makefile("rb") as lines:
                for line in lines:
                    request = json.loads(line)
                    self.received.append(request)
                    (self.greet if request["method"] == "hello" else self.script)(request, say, connection)
        except OSError:
            pass

    def asked(self, method):
        return [one for one in self.received if one["method"] == method]

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            connection.close()
        os.unlink(os.path.join(self.home, "run", "broker.sock"))


class Library(unittest.TestCase):
    def setUp(self):
        for name in [one for one in os.environ if one.startswith("KEYBEARER_")]:
            del os.environ[name]
        self.home = tempfile.mkdtemp(prefix="kb-py-", dir="/tmp")
        self.addCleanup(shutil.rmtree, self.home, True)
        self.scripted = ScriptedBroker(self.home)
        self.addCleanup(lambda: self.scripted.stop())
        os.environ["KEYBEARER_HOME"] = self.home

    def broker(self, *words, **more):
        made = keybearer.Broker(*words, **more)
        self.addCleanup(made.close)
        return made

    def refused(self, kind, broker=None, **more):
        with self.assertRaises(kind) as raised:
            (broker or self.broker()).get_token("demo", **{"timeout": 10, **more})
        return raised.exception

    def test_a_token_and_who_asks_for_it(self):
        broker = self.broker("notes", "2")
        token = broker.get_token("github:ana@example.com", scopes=("repo",), min_valid=60, reason="r")
        self.assertEqual(token.access_token, "tok-1")
        self.assertEqual(token.header, ("Authorization", "Bearer tok-1"))
        self.assertNotIn("tok-1", repr(token))
        self.assertEqual(self.scripted.asked("hello")[0]["params"],
                         {"protocol": 1, "client": {"name": "notes", "version": "2"}})
        self.assertEqual(self.scripted.asked("token.get")[0]["params"],
                         {"provider": "github", "account": "ana@example.com", "reason": "r", "scopes": ["repo"],
                          "min_valid_seconds": 60})
        self.scripted.script = lambda request, say, _: say({"id": request["id"], "result": {
            "access_token": "k", "token_type": "ApiKey", "expires_at": None,
            "header": {"name": "X-Api-Key", "value": "k"}}})
        self.assertEqual(broker.get_token(tool="weather.now").header, ("X-Api-Key", "k"))

    def test_threads_share_a_connection_and_find_their_answers(self):
        waiting = []

        def all_at_once(request, say, _):
            waiting.append(request)
            if len(waiting) == 8:
                say({"method": "event", "params": {"topic": "alert"}})
                for one in reversed(waiting):
                    say({"id": one["id"], "result": {**RESULT, "access_token": "for " + one["params"]["provider"]}})
        self.scripted.script = all_at_once
        broker, got = self.broker(), {}
        threads = [threading.Thread(target=lambda name=name: got.update({name: broker.get_token(name, timeout=20)}))
                   for name in "abcdefgh"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual({name: token.access_token for name, token in got.items()},
                         {name: f"for {name}" for name in "abcdefgh"})
        self.assertEqual(len(self.scripted.asked("hello")), 1)

    def test_errors_have_a_kind_a_name_an_action_and_what_the_person_needs(self):
        broker = self.broker()
        for name, kind in (("authorization_required", keybearer.SignInNeeded), ("consent_denied", keybearer.Denied),
                           ("rate_limited", keybearer.TryLater), ("timed_out", keybearer.TimedOut),
                           ("not_found", keybearer.KeybearerError)):
            self.scripted.script = refuses(name, retry_after_seconds=7, authorization_url="https://a/b", user_code="AB")
            error = self.refused(kind, broker)
            self.assertIs(type(error), kind)
            self.assertEqual((error.name, error.code, error.action, error.retry_after, error.authorization_url,
                              error.user_code), (name, -31000, "Do it.", 7, "https://a/b", "AB"))
        self.assertEqual(len(self.scripted.asked("hello")), 1)

    def test_a_refused_greeting_is_the_error_of_the_request(self):
        def greet(request, say, connection):
            refuses("client_unknown")(request, say, connection)
            connection.shutdown(socket.SHUT_RDWR)
        self.scripted.greet = greet
        self.scripted.script = refuses("invalid_request")
        for _ in range(20):
            error = self.refused(keybearer.Denied, self.broker(client_key="kbk_x"))
            self.assertEqual(error.name, "client_unknown")
        self.assertEqual(self.scripted.asked("hello")[0]["params"]["client_key"], "kbk_x")

    def test_no_answer_ends_at_the_deadline_and_the_late_one_is_passed_over(self):
        late = []
        self.scripted.script = lambda request, *_: late.append(request)
        broker = self.broker()
        self.refused(keybearer.TimedOut, broker, timeout=0.2)

        def both(request, say, connection):
            say({"id": late[0]["id"], "result": {**RESULT, "access_token": "stale"}})
            answers(request, say, connection)
        self.scripted.script = both
        self.assertEqual(broker.get_token("demo").access_token, "tok-1")

    def test_a_broker_that_was_restarted_is_asked_again(self):
        broker = self.broker()
        broker.get_token("demo")
        self.scripted.stop()
        timer = threading.Timer(0.2, lambda: setattr(self, "scripted", ScriptedBroker(self.home)))
        timer.start()
        self.assertEqual(broker.get_token("demo").access_token, "tok-1")
        timer.join()
        self.assertEqual(len(self.scripted.asked("hello")), 1)
        self.scripted.script = lambda request, say, connection: connection.shutdown(socket.SHUT_RDWR)
        self.refused(keybearer.BrokerUnreachable, broker)
        self.assertLessEqual(len(self.scripted.asked("token.get")), 3)

    def test_nonsense_and_endless_lines_are_not_believed(self):
        for text in (b"hello\n", b"[]\n", b"1\n", b"{}x\n", b"\xff\n", b"[" * 200000 + b"\n", b"x" * ((1 << 20) + 10)):
            self.scripted.script = lambda request, say, connection, text=text: connection.sendall(text)
            self.refused(keybearer.BrokerUnreachable)
        for wrong in (1, {}, {"access_token": 5}):
            self.scripted.script = lambda request, say, _, wrong=wrong: say({"id": request["id"], "result": wrong})
            self.refused(keybearer.BrokerUnreachable)

    def test_a_directory_that_is_not_ours_alone_and_no_broker(self):
        run = os.path.join(self.home, "run")
        os.chmod(run, 0o770)
        self.assertIn("others may write", str(self.refused(keybearer.BrokerUnreachable)))
        os.chmod(run, 0o700)
        os.rename(run, run + ".real")
        os.symlink(run + ".real", run)
        self.assertIn("is a link", str(self.refused(keybearer.BrokerUnreachable)))
        self.assertEqual(self.scripted.received, [])
        os.environ["KEYBEARER_HOME"] = os.path.join(self.home, "nowhere")
        self.assertIn("keybearer status", self.refused(keybearer.BrokerUnreachable).action)
        os.environ["KEYBEARER_HOME"] = "/" + "x" * 200
        self.assertIn("shorter", self.refused(keybearer.BrokerUnreachable).action)

    def test_keys_capabilities_and_descriptors_of_the_environment(self):
        key = os.path.join(self.home, "key")
        Path(key).write_text("kbk_file\n")
        os.environ["KEYBEARER_CLIENT_KEY"] = "@" + key
        self.broker().get_token("demo")
        self.assertEqual(self.scripted.asked("hello")[-1]["params"]["client_key"], "kbk_file")
        os.environ["KEYBEARER_CAPABILITY"] = "kbc_1"
        self.broker().get_token("demo")
        self.assertEqual(set(self.scripted.asked("hello")[-1]["params"]), {"protocol", "client", "capability"})
        del os.environ["KEYBEARER_CAPABILITY"]
        os.environ["KEYBEARER_CLIENT_KEY"] = "@/nowhere"
        self.assertIn("KEYBEARER_CLIENT_KEY", self.refused(keybearer.KeybearerError).action)
        os.environ["KEYBEARER_FD"] = "900"
        self.assertIn("KEYBEARER_FD", self.refused(keybearer.BrokerUnreachable).message)

    def test_a_handed_connection_is_used_without_a_greeting_and_not_replaced(self):
        ours, theirs = socket.socketpair()
        os.environ["KEYBEARER_FD"] = str(theirs.fileno())
        lines = ours.makefile("rwb")

        def answer():
            request = json.loads(lines.readline())
            lines.write(b'{"jsonrpc":"2.0","id":1,"result":{}}\n')  # somebody else's
            lines.write(json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": RESULT}).encode() + b"\n")
            lines.flush()
        thread = threading.Thread(target=answer)
        thread.start()
        broker = self.broker()
        self.assertEqual(broker.get_token("demo", timeout=10).access_token, "tok-1")
        thread.join()
        lines.close()
        ours.close()
        self.refused(keybearer.BrokerUnreachable, broker)
        self.assertIn("Start this program again", self.refused(keybearer.BrokerUnreachable, broker).action)
        self.assertEqual(self.scripted.received, [])
        theirs.close()

    def test_a_fork_has_a_connection_of_its_own(self):
        broker = self.broker()
        broker.get_token("demo")
        child = os.fork()
        if child == 0:
            os._exit(0 if broker.get_token("demo", timeout=10).access_token == "tok-1" else 1)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 0)
        broker.get_token("demo")
        self.assertEqual(len(self.scripted.asked("hello")), 2)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"] + sys.argv[1:])
