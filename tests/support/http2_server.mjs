// An HTTP/2 server over TLS with scripted paths: http2_server.mjs KEY CERTIFICATE prints its port, and runs until its
// standard input ends. Bodies of POSTs are echoed as JSON; /slow answers when /go was called; /events streams.
import { readFileSync } from 'node:fs';
import http2 from 'node:http2';

const server = http2.createSecureServer({ key: readFileSync(process.argv[2]), cert: readFileSync(process.argv[3]) });
const waiting = [];
let sessions = 0;
server.on('session', () => { sessions += 1; });
server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
        const path = headers[':path'];
        const json = (body) => {
            stream.respond({ ':status': 200, 'content-type': 'application/json', 'x-sessions': String(sessions) });
            stream.end(body);
        };
        if (path === '/slow') { waiting.push(() => json('{"slow":true}')); return; }
        if (path === '/go') { json('{}'); waiting.splice(0).forEach((answer) => answer()); return; }
        if (path === '/reset') { stream.close(http2.constants.NGHTTP2_REFUSED_STREAM); return; }
        if (path === '/flood') {
            stream.respond({ ':status': 200, 'content-type': 'text/event-stream' });
            const block = Buffer.alloc(65536, ':x\n');
            const more = () => { while (!stream.destroyed && stream.write(block)); };
            stream.on('drain', more);
            more();
            return;
        }
        json(Buffer.concat(chunks));
    });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
