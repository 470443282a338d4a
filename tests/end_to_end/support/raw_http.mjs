// HTTP as bytes on a socket: for what no HTTP library would send, and for seeing when which byte came.

import { connect } from 'node:net';

const place = (where) => (typeof where === 'string' ? { path: where } : { host: '127.0.0.1', port: where });

export class RawConnection {
  // where: a port of 127.0.0.1 or the path of a Unix socket.
  static async open(where) {
    const connection = new RawConnection();
    connection.received = '';
    connection.isClosed = false;
    connection.socket = connect(place(where));
    connection.socket.setNoDelay(true);
    connection.socket.on('data', (chunk) => { connection.received += chunk.toString('latin1'); });
    connection.socket.on('error', () => {});
    connection.closed = new Promise((resolve) => {
      connection.socket.on('close', () => { connection.isClosed = true; resolve(); });
    });
    await new Promise((resolve, reject) => {
      connection.socket.once('connect', resolve);
      connection.socket.once('error', reject);
    });
    return connection;
  }

  write(bytes) {
    return new Promise((resolve) => { this.socket.write(bytes, resolve); });
  }

  // The status of the first answer, once its head is there; undefined if the connection ended without.
  async status(deadlineMilliseconds = 10000) {
    const end = Date.now() + deadlineMilliseconds;
    for (;;) {
      const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(this.received) ?? [];
      if (status !== undefined && this.received.includes('\r\n\r\n'))
        return Number(status);
      if (this.isClosed)
        return undefined;
      if (Date.now() > end)
        throw new Error(`no answer in ${deadlineMilliseconds} ms`);
      await new Promise((resolve) => { setTimeout(resolve, 5); });
    }
  }

  async isClosedWithin(milliseconds) {
    const timer = new Promise((resolve) => { setTimeout(resolve, milliseconds, false); });
    return Promise.race([this.closed.then(() => true), timer]);
  }

  destroy() {
    this.socket.destroy();
    return this.closed;
  }
}

// Sends bytes and returns {status, text, closed}: closed says whether the other side ended the connection.
export async function exchangeRaw(where, bytes, { waitForClose = 0, deadlineMilliseconds } = {}) {
  const connection = await RawConnection.open(where);
  try {
    await connection.write(bytes);
    const status = await connection.status(deadlineMilliseconds);
    const closed = waitForClose > 0 ? await connection.isClosedWithin(waitForClose) : connection.isClosed;
    return { status, text: connection.received, closed };
  } finally {
    connection.destroy();
  }
}

// A request of lines: head fields as "Name: value", each of them ended by CRLF.
export const lines = (...all) => Buffer.from(`${all.join('\r\n')}\r\n`, 'latin1');
