"""The broker that plays a script, with enough in it that no page stays empty."""
import datetime

from fake_broker import FakeBroker, moment

PROGRAMS = [('/usr/bin/node', '/home/ana/src/github-mcp/index.js'), ('/usr/bin/python3', '/home/ana/src/mail/agent.py'),
            ('/usr/bin/git', ''), ('/opt/zed/zed', ''), ('/usr/bin/node', '/home/ana/src/calendar-mcp/server.js')]
PROVIDERS = [('github', 'ana@example.com'), ('google', 'ana.alvarez@example.org'), ('linear', 'ana')]
KINDS = ['token.released'] * 7 + ['token.denied', 'consent.granted', 'session.signed_in', 'tool.changed', 'rate.limited']


def audit_row(sequence, newest):
    caller, script = PROGRAMS[sequence * 7 % len(PROGRAMS)]
    provider, account = PROVIDERS[sequence % len(PROVIDERS)]
    kind = KINDS[sequence * 5 % len(KINDS)]
    return {'seq': sequence, 'at': moment(-130 * (newest - sequence) - 20), 'kind': kind, 'caller': caller, 'pid': 4242,
            'provider': provider, 'account': account, 'session_id': 's1', 'scopes': 'repo',
            'why': 'consent_denied' if kind == 'token.denied' else 'k1', 'token': 'f3a1', 'caller_class': 'D',
            'client': '', 'tool': 'create_issue' if kind.startswith('tool') else '',
            'detail': f'script: {script}; rule: default' if script else '', 'latency_us': 310, 'hash': '4c1e' * 16}


def fits(row, params):
    kind = params.get('kind', '')
    return ((not kind or row['kind'] == kind or row['kind'].startswith(kind + '.'))
            and row['provider'] == params.get('provider', row['provider'])
            and row['caller'].endswith(params.get('caller', ''))
            and row['at'] >= params.get('since', ''))


class RichBroker(FakeBroker):
    newest = 1000
    gateway_open = True

    @classmethod
    def empty(cls, path):
        broker = cls(path, sessions=[], consents=[])
        broker.newest = 0
        broker.gateway_open = False
        return broker

    def answers(self):
        """All that it can say: what windows show of it is nobody's to translate."""
        return [self.sessions, self.providers, self.consents, self.pending, self.store, PROGRAMS, PROVIDERS,
                self._on_service_list({}), self._on_audit_alerts({}), self._on_health_get({})]

    def _on_audit_query(self, params):
        limit, after, before = params.get('limit', 100), params.get('after_sequence'), params.get('before_sequence', 0)
        numbers = range(self.newest if not before else before - 1, 0, -1)
        if after is not None:
            numbers = range(after + 1, self.newest + 1)
        rows, last = [], after or 0
        for number in numbers:
            if len(rows) == limit:
                return {'rows': rows, 'more': True, 'next_sequence': last}
            last = number
            row = audit_row(number, self.newest)
            if fits(row, params):
                rows.append(row)
        return {'rows': rows, 'more': False, 'next_sequence': last}

    def _on_audit_summary(self, params):
        if not self.newest:
            none = {'released': 0, 'denied': 0, 'others': 0}
            return {'since': moment(0), 'total': none, 'days': [], 'programs': [], 'providers': [], 'kinds': [],
                    'complete': True, 'counted_from': None}
        today = datetime.date.today()
        days = [{'day': str(today - datetime.timedelta(days=ago)), 'released': (ago * 37 + 11) % 90,
                 'denied': 6 if ago % 9 == 4 else 0, 'others': 3} for ago in range(29, -1, -1)]
        programs = [{'caller': caller, 'released': 400 // (place + 1), 'denied': place * 6, 'others': 1,
                     **({'script': script} if script else {})} for place, (caller, script) in enumerate(PROGRAMS)]
        return {'since': moment(-30 * 86400), 'total': {'released': 1200, 'denied': 18, 'others': 90}, 'days': days,
                'programs': programs, 'providers': [], 'kinds': [], 'complete': True, 'counted_from': moment(-29 * 86400)}

    def _on_audit_verify(self, _):
        return {'intact': True, 'rows': self.newest, 'findings': [], 'first_row': 1, 'sealed_through': self.newest,
                'sealed_by': 'store'}

    def _on_audit_alerts(self, _):
        if not self.newest:
            return {'alerts': []}
        return {'alerts': [{'level': 'warning', 'name': 'repeated_denials', 'at': moment(-600), 'caller': '/opt/zed/zed',
                            'message': 'zed was refused five times in ten minutes',
                            'action': 'Look at what it asks for, and take back what it was allowed'}]}

    def _on_service_list(self, _):
        if not self.newest:
            return {'services': []}
        return {'services': [
            {'name': 'linear', 'url': 'https://mcp.linear.app/mcp', 'provider': 'linear', 'configured': True,
             'signed_in': True, 'scopes': ['read', 'write'], 'timeout_seconds': 30, 'issuer': 'https://mcp.linear.app',
             'client': 'registered', 'address': 'http://127.0.0.1:24817/linear/mcp'},
            {'name': 'calculator', 'url': 'https://tools.example.com/calculator/mcp', 'provider': 'corp',
             'configured': True, 'signed_in': False, 'scopes': ['calculate'], 'timeout_seconds': 30,
             'address': 'http://127.0.0.1:24817/calculator/mcp'},
            {'name': 'files', 'url': '', 'provider': '', 'configured': True, 'signed_in': False, 'scopes': [],
             'timeout_seconds': 30, 'local': True, 'command': ['/usr/bin/node', '/home/ana/src/files/server.mjs']}]}

    def _on_gateway_status(self, _):
        if not self.gateway_open:
            return {'open': False, 'enabled': False, 'doors': [], 'services': [], 'connected': [], 'findings': []}
        return {'open': True, 'enabled': True, 'address': 'http://127.0.0.1:24817', 'port': 24817, 'doors': [],
                'services': [{'name': 'linear', 'local': False, 'upstream': {'state': 'up'}},
                             {'name': 'calculator', 'local': False, 'upstream': {'state': 'down'}}],
                'connected': [{'client': 'Inspector', 'service': 'linear', 'kind': 'token', 'exchanges': 1}],
                'findings': []}

    def _on_gateway_start(self, params):
        self.gateway_open = True
        return self._on_gateway_status(params)

    def _on_gateway_stop(self, params):
        self.gateway_open = False
        return self._on_gateway_status(params)

    def _on_tool_list(self, _):
        if not self.newest:
            return {'tools': [], 'more': 0}
        return {'tools': [{'service': 'linear', 'tool': f'tool_{number}', 'state': 'changed' if number == 1 else 'approved',
                           'pins': 'hold', 'hidden': number == 1, 'fingerprint': f'{number:064x}',
                           'first_seen': moment(-86400), 'last_seen': moment(-60), 'gone_since': None,
                           'versions_kept': 1} for number in range(1, 12)], 'more': 0}

    def _on_service_test(self, params):
        return {'service': params['service'], 'url': '', 'ok': True,
                'findings': [{'level': 'ok', 'name': 'pkce', 'message': 'it knows PKCE with S256', 'action': ''}]}

    def _on_store_status(self, _):
        return {**self.store, 'place': 'keychain', 'sessions': len(self.sessions), 'unsettled': 0, 'remarks': []}

    def _on_health_get(self, params):
        findings = [{'level': 'warning', 'name': 'sign_in_again',
                     'message': f"{session['provider']} - {session['account']['label']}: the refresh token was revoked",
                     'action': f"Sign in again with: keybearer login {session['provider']}"}
                    for session in self.sessions if session['state'] == 'needs_sign_in']
        return {**super()._on_health_get(params), 'findings': findings,
                'gateway': {'running': True, 'exchanges': 1, 'starts': 1, 'deaths': 0, 'open': self.gateway_open,
                            'address': 'http://127.0.0.1:24817'},
                'counters': {'tokens_released': 1200, 'tokens_refused': 18, 'refreshes_failed': 2, 'alerts': 1}}
