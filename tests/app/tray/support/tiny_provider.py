"""An OAuth server on a port of its own, for one test: metadata, an authorization page that agrees at once, token,
userinfo and revocation endpoints. Standard library only; it checks little, for it is not what is being tested."""
import http.server
import json
import secrets
import threading
import urllib.parse


class TinyProvider:
    def __init__(self, email='ana@example.com'):
        self.email = email
        self.revoked = []
        provider = self

        class Page(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_GET(self):
                provider.get(self)

            def do_POST(self):
                provider.post(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Page)
        self.server.daemon_threads = True
        self.issuer = f'http://127.0.0.1:{self.server.server_port}'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    @staticmethod
    def reply(page, document, status=200, **headers):
        body = json.dumps(document).encode()
        page.send_response(status)
        page.send_header('Content-Type', 'application/json')
        page.send_header('Content-Length', str(len(body)))
        for name, value in headers.items():
            page.send_header(name, value)
        page.end_headers()
        page.wfile.write(body)

    def get(self, page):
        url = urllib.parse.urlsplit(page.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path.startswith('/.well-known/'):
            self.reply(page, {
                'issuer': self.issuer, 'authorization_endpoint': self.issuer + '/authorize',
                'token_endpoint': self.issuer + '/token', 'userinfo_endpoint': self.issuer + '/userinfo',
                'revocation_endpoint': self.issuer + '/revoke', 'response_types_supported': ['code'],
                'code_challenge_methods_supported': ['S256'], 'grant_types_supported': ['authorization_code', 'refresh_token'],
                'token_endpoint_auth_methods_supported': ['none'],
                'authorization_response_iss_parameter_supported': True})
        elif url.path == '/authorize':
            answer = urllib.parse.urlencode({'code': secrets.token_urlsafe(16), 'state': query['state'], 'iss': self.issuer})
            self.reply(page, {}, 302, Location=query['redirect_uri'] + '?' + answer)
        elif url.path == '/userinfo':
            self.reply(page, {'sub': '42', 'email': self.email, 'email_verified': True})
        else:
            self.reply(page, {}, 404)

    def post(self, page):
        form = dict(urllib.parse.parse_qsl(page.rfile.read(int(page.headers['Content-Length'])).decode()))
        if page.path == '/token':
            self.reply(page, {'access_token': secrets.token_urlsafe(24), 'token_type': 'Bearer', 'expires_in': 3600,
                              'refresh_token': secrets.token_urlsafe(24), 'scope': form.get('scope', 'email')})
        elif page.path == '/revoke':
            self.revoked.append(form['token'])
            self.reply(page, {})
        else:
            self.reply(page, {}, 404)
