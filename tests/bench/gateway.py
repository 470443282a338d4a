"""The budgets of the gateway, B13 and B14: an MCP server that costs next to nothing, reached directly, through nginx
(if it is installed) and through keybearer-gateway, in turn in one run. Ratios are what counts.

    python3 tests/bench/gateway.py BUILD_DIRECTORY/bin [--seconds N] [--rounds N]

The broker is a stand-in that lets one token pass, so that the gateway alone is measured.
"""
import argparse
import json
import os
import select
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading

from results import say

parser = argparse.ArgumentParser()
parser.add_argument('bin')
parser.add_argument('--seconds', type=float, default=2.0)
parser.add_argument('--rounds', type=int, default=5)
options = parser.parse_args()


def listening(family=socket.AF_INET, address=('127.0.0.1', 0)):
    made = socket.socket(family, socket.SOCK_STREAM)
    made.bind(address)
    made.listen(512)
    return made


class Gateway:
    """keybearer-gateway with a broker that knows one token and one service."""

    def __init__(self, folder, upstream, events):
        self.services = {'svc': upstream, 'stream': events}
        self.link, theirs = socket.socketpair()
        pipe_door = listening(socket.AF_UNIX, os.path.join(folder, 'mcp.sock'))
        self.process = subprocess.Popen(
            ['sh', '-c', f'exec 3<&{theirs.fileno()} 4<&{pipe_door.fileno()} && exec "$0"',
             os.path.join(options.bin, 'keybearer-gateway')],
            pass_fds=(theirs.fileno(), pipe_door.fileno()), stderr=sys.stderr,
            env={**os.environ, 'GLIBC_TUNABLES': 'glibc.malloc.tcache_count=256'})  # as the broker starts it
        theirs.close()
        self.door = listening()
        self.port = self.door.getsockname()[1]
        base = f'http://127.0.0.1:{self.port}'
        terms = {'services': [{'name': name, 'title': name, 'scopes': [name], 'health': False, 'url': url, 'local': False}
                              for name, url in self.services.items()],
                 'origins': [], 'base': base, 'registration': True, 'client_id_metadata': False, 'revocation': True,
                 'jwks': {'keys': []}}
        self.say({'jsonrpc': '2.0', 'method': 'door.terms', 'params': terms})
        opening = {'jsonrpc': '2.0', 'method': 'door.open',
                   'params': {'kind': 'http', 'descriptors': 1, 'hosts': [f'127.0.0.1:{self.port}']}, 'descriptors': 1}
        socket.send_fds(self.link, [json.dumps(opening).encode() + b'\n'], [self.door.fileno()])
        threading.Thread(target=self.answer, daemon=True).start()

    def say(self, message):
        self.link.sendall(json.dumps(message).encode() + b'\n')

    def answer(self):
        for line in self.link.makefile():
            asked = json.loads(line)
            if 'id' not in asked:
                continue
            if asked['method'] == 'route.admit':
                name = asked['params']['service']
                result = {'exchange': 'x-' + name, 'service': name, 'url': self.services[name], 'authorized': True,
                          'tool_rules': False, 'timeout_seconds': 30, 'wait_seconds': 45, 'network': {}, 'valid_seconds': 900,
                          'client': 'bench', 'user_headers': False, 'pins': 'off', 'local': False}
            else:
                result = {'serial': '1', 'scheme': 'Bearer', 'value': 'upstream-token', 'valid_seconds': 900}
            self.say({'jsonrpc': '2.0', 'id': asked['id'], 'result': result})

    def stop(self):
        self.process.kill()
        self.process.wait()


class Nginx:
    """As tuned as a reverse proxy of event streams has to be: kept connections, nothing held back."""

    def __init__(self, folder, upstream_port):
        with listening() as probe:
            self.port = probe.getsockname()[1]
        text = f'''
daemon off; master_process off; worker_processes 1; pid {folder}/nginx.pid; error_log /dev/null;
events {{ worker_connections 4096; }}
http {{ access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  upstream server {{ server 127.0.0.1:{upstream_port}; keepalive 512; }}
  server {{ listen 127.0.0.1:{self.port}; keepalive_requests 100000000; keepalive_timeout 600s;
    location / {{ proxy_pass http://server; proxy_http_version 1.1; proxy_set_header Connection "";
                  proxy_set_header Authorization "Bearer upstream-token"; proxy_buffering off; tcp_nodelay on; }} }} }}
'''
        path = os.path.join(folder, 'nginx.conf')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        self.process = subprocess.Popen([shutil.which('nginx') or '/usr/sbin/nginx', '-c', path, '-p', folder],
                                        stderr=subprocess.DEVNULL)

    def stop(self):
        self.process.kill()
        self.process.wait()


def wait_for(port):
    for _ in range(500):
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            return
        except OSError:
            select.select([], [], [], 0.02)
    raise SystemExit(f'nothing listens on port {port}')


def load(kind, place, path, *rest):
    command = [os.path.join(options.bin, 'bench_gateway_load'), kind, str(place), path, 'gateway-token', *map(str, rest)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def cpu_seconds(pid):
    with open(f'/proc/{pid}/stat', encoding='utf-8') as file:
        fields = file.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def private_mebibytes(pid):
    with open(f'/proc/{pid}/smaps_rollup', encoding='utf-8') as file:
        return sum(int(line.split()[1]) for line in file if line.startswith('Private_')) / 1024


def main():
    folder = tempfile.mkdtemp(prefix='kb-bench-')
    upstream = subprocess.Popen([os.path.join(options.bin, 'bench_mcp_upstream')], stdout=subprocess.PIPE, text=True)
    port = int(upstream.stdout.readline())
    gateway = Gateway(folder, f'http://127.0.0.1:{port}/mcp', f'http://127.0.0.1:{port}/events')
    nginx = Nginx(folder, port) if shutil.which('nginx') or os.path.exists('/usr/sbin/nginx') else None
    try:
        places = [('direct', port, '/mcp', '/events', None), ('gateway', gateway.port, '/svc/mcp', '/stream/mcp', gateway)]
        if nginx:
            wait_for(nginx.port)
            places.insert(1, ('nginx', nginx.port, '/mcp', '/events', nginx))
        rates(places)
        streams(places)
        say('', 'private memory of the gateway', f'{private_mebibytes(gateway.process.pid):.1f} MiB')
    finally:
        gateway.stop()
        if nginx:
            nginx.stop()
        upstream.send_signal(signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def rates(places):
    for connections in (1, 16, 256):
        all_rates = {name: [] for name, *_ in places}
        p50 = {name: [] for name, *_ in places}
        cost = {}
        for _ in range(options.rounds):
            for name, where, path, _, process in places:
                before = cpu_seconds(process.process.pid) if process else 0
                got = load('post', where, path, connections, options.seconds)
                if got['failures'] or not got['count']:
                    raise SystemExit(f'{name}: {got}')
                all_rates[name].append(got['rate'])
                p50[name].append(got['p50_us'])
                if process:
                    cost[name] = (cpu_seconds(process.process.pid) - before) / got['count'] * 1e6
        rate = {name: statistics.median(values) for name, values in all_rates.items()}
        for name in rate:
            beside = '' if name == 'direct' else f', {rate[name] / rate["direct"]:.2f} of direct, {cost[name]:.0f} us CPU'
            say('', f'POST tools/call, {connections} connections, {name}', f'{rate[name]:.0f}/s{beside}')
        if connections == 1:
            for name in rate:
                if name != 'direct':
                    added = statistics.median(p50[name]) - statistics.median(p50['direct'])
                    say('', f'added p50, one client, {name}', f'{added:.0f} us')
        elif 'nginx' in rate:
            ratio = rate['gateway'] / rate['nginx']
            say('B13', f'rate to nginx, {connections} connections', f'{ratio:.2f}', '>= 0.7', ratio >= 0.7)


def streams(places):
    added = {}
    for name, where, _, path, _ in places:
        added[name] = statistics.median(load('events', where, path, 1, options.seconds)['p50_us'] for _ in range(options.rounds))
    for name, value in added.items():
        if name != 'direct':
            more = value - added['direct']
            met = more <= 40 if name == 'gateway' else None
            say('B14' if name == 'gateway' else '', f'event added p50, {name}', f'{more:.0f} us', '<= 40 us', met)
    for name, where, posts, path, _ in places:
        command = [os.path.join(options.bin, 'bench_gateway_load'), 'post', str(where), posts, 'gateway-token', '16',
                   str(options.seconds + 1), '1000']
        beside = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        got = load('events', where, path, 500, options.seconds)
        calls = json.loads(beside.communicate()[0])
        met = got['p99_us'] <= 5000 if name == 'gateway' else None
        say('B14' if name == 'gateway' else '', f'event p99, 500 streams and 1000 calls a second, {name}',
            f"{got['p99_us'] / 1000:.2f} ms (calls {calls['rate']:.0f}/s, p99 {calls['p99_us'] / 1000:.2f} ms)", '<= 5 ms', met)


main()
