// Access tokens from the Keybearer broker of this user. Node 20, no dependency. The broker is never started from here,
// no browser is opened, and no refresh token is ever seen. Node cannot tell whose process listens on a socket: that
// nobody else can have put one there, the check of its directory has to prove.

import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { connect, Socket } from 'node:net';
import { basename, dirname, isAbsolute, join } from 'node:path';

const LONGEST_LINE = 1 << 20; // as the broker has it
const LONGEST_KEY = 4096; // a client key is a line
const LONGEST_PATH = 107; // of a Unix socket, on Linux
const USUAL_TIMEOUT = 150; // seconds; a question to the person stays open for 120
const LONGEST_TIMEOUT = 86400; // a day
const RESTART_LIMIT = 3000; // ms that a broker which was there a moment ago may be away
const RESTART_PAUSE = 50; // ms between two attempts
const VERSION = '0.1.0';
const MOVE_IT = 'Choose a directory of your own with KEYBEARER_HOME or KEYBEARER_SOCKET.';

export class KeybearerError extends Error {
  constructor(errorName, message, action = '', { code = 0, data = {} } = {}) {
    super(action === '' ? message : `${message}. ${action}`);
    this.name = this.constructor.name;
    this.errorName = errorName;
    this.action = action;
    this.code = code;
    this.data = data;
    const text = (value) => (typeof value === 'string' ? value : undefined);
    this.retryAfter = Number.isInteger(data.retry_after_seconds) ? data.retry_after_seconds : undefined;
    this.authorizationUrl = text(data.authorization_url);
    this.verificationUri = text(data.verification_uri);
    this.userCode = text(data.user_code);
  }
}
export class SignInNeeded extends KeybearerError {}
export class Denied extends KeybearerError {}
export class TryLater extends KeybearerError {}
export class BrokerUnreachable extends KeybearerError {}
export class TimedOut extends KeybearerError {}

const kinds = new Map([
  ...['authorization_required', 'authorization_pending', 'sign_in_again', 'insufficient_scope']
    .map((name) => [name, SignInNeeded]),
  ...['consent_required', 'consent_denied', 'consent_unavailable', 'policy_denied', 'policy_unavailable',
    'client_disabled', 'client_expired', 'client_unknown'].map((name) => [name, Denied]),
  ...['provider_unavailable', 'rate_limited', 'store_locked', 'store_unavailable'].map((name) => [name, TryLater]),
  ['timed_out', TimedOut],
]);

function refusal(error) {
  const data = error?.data ?? {};
  const text = (value, usual) => (typeof value === 'string' ? value : usual);
  const name = text(data.name, 'internal_error');
  return new (kinds.get(name) ?? KeybearerError)(name, text(error?.message, 'the broker refused'),
    text(data.action, ''), { code: Number.isInteger(error?.code) ? error.code : 0, data });
}

const unreachable = (message, action) => new BrokerUnreachable('broker_unreachable', message, action);
const nonsense = () => unreachable('what listens on the broker\'s socket does not speak its language',
  'Stop the program that listens there.');
const closed = () => unreachable('the broker closed the connection', 'Try again; if it stays so: keybearer doctor');
const ended = () => unreachable('the connection that keybearer run handed over has ended',
  'Start this program again.');

const setting = (name) => process.env[name] || undefined;

function windowsPipe() {
  const whoami = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'whoami.exe');
  const user = execFileSync(whoami, ['/user', '/fo', 'csv', '/nh'], { encoding: 'utf8', windowsHide: true });
  return `\\\\.\\pipe\\keybearer-${/S-1-[0-9-]+/.exec(user)?.[0]}`;
}

function usualRuntime() {
  const home = setting('HOME');
  if (home === undefined)
    throw unreachable('neither HOME nor KEYBEARER_HOME is set', 'Set KEYBEARER_HOME to a directory of yours.');
  if (process.platform === 'darwin')
    return setting('TMPDIR') ?? join(home, 'Library', 'Caches');
  const state = setting('XDG_STATE_HOME');
  return join(state !== undefined && isAbsolute(state) ? state : join(home, '.local', 'state'), 'keybearer', 'run');
}

function place() {
  const own = setting('KEYBEARER_HOME');
  const runtime = process.platform === 'darwin' ? undefined : setting('XDG_RUNTIME_DIR');
  let path = setting('KEYBEARER_SOCKET');
  if (path === undefined && process.platform === 'win32')
    return windowsPipe();
  if (path === undefined && own !== undefined)
    path = join(own, 'run', 'broker.sock');
  path ??= join(runtime !== undefined && isAbsolute(runtime) ? runtime : usualRuntime(), 'keybearer', 'broker.sock');
  if (Buffer.byteLength(path) > LONGEST_PATH)
    throw unreachable('the path of the broker\'s socket is too long',
      'Choose a shorter directory with KEYBEARER_HOME or KEYBEARER_SOCKET.');
  return path;
}

// Whoever can put a socket there could play the broker. False: there is no such directory.
function checkDirectory(path) {
  if (process.platform === 'win32')
    return true;
  const directory = dirname(path);
  const status = lstatSync(directory, { throwIfNoEntry: false });
  if (status === undefined)
    return false;
  if (!status.isDirectory())
    throw unreachable(`${directory} is a link or a file`, MOVE_IT);
  if (status.uid !== process.geteuid())
    throw unreachable(`${directory} belongs to another user`, MOVE_IT);
  if ((status.mode & 0o022) !== 0)
    throw unreachable(`others may write to ${directory}`, `Close it with: chmod 700 ${directory}`);
  return true;
}

// A connected socket; undefined: nobody listens.
async function reach(path) {
  if (!checkDirectory(path))
    return undefined;
  const socket = connect(path);
  const error = await new Promise((resolve) => {
    socket.once('connect', () => resolve(undefined));
    socket.once('error', resolve);
  });
  if (error === undefined)
    return socket;
  if (['ENOENT', 'ECONNREFUSED', 'EAGAIN'].includes(error.code))
    return undefined;
  throw unreachable(`cannot connect to ${path} (${error.code})`, 'See what is wrong with: keybearer doctor');
}

// A descriptor can be wrapped once in a program, so all brokers share it.
const handed = new Map();

function adopt(number) {
  const made = handed.get(number);
  if (made !== undefined)
    return made;
  try {
    const socket = new Socket({ fd: Number(number), readable: true, writable: true });
    // Others may have asked on it before.
    const connection = new Connection(socket, randomInt(1, 2 ** 30));
    handed.set(number, connection);
    return connection;
  } catch {
    throw unreachable('KEYBEARER_FD names a descriptor that is no connection to the broker',
      'Let the program that started this one pass the descriptor on, or unset KEYBEARER_FD.');
  }
}

function keyFrom(key) {
  if (!key?.startsWith('@'))
    return key;
  try {
    return readFileSync(key.slice(1), 'utf8').slice(0, LONGEST_KEY).trim();
  } catch {
    throw new KeybearerError('invalid_params', 'the file of the client key cannot be read',
      'Check KEYBEARER_CLIENT_KEY: it names a file that holds a client key.');
  }
}

// One connection, and the requests that wait on it.
class Connection {
  #socket;
  #lastId;
  #open = new Map();
  #received = [];
  #size = 0;
  over; // why it is of no more use
  hello;

  constructor(socket, firstId) {
    this.#socket = socket;
    this.#lastId = firstId;
    socket.on('data', (piece) => this.#take(piece));
    socket.on('error', () => {}); // 'close' follows
    socket.on('close', () => this.end(closed()));
    socket.unref(); // only a request that waits keeps the program alive
  }

  end(error) {
    this.over ??= error;
    this.#socket.destroy();
    for (const { reject, timer } of this.#open.values()) {
      clearTimeout(timer);
      reject(this.over);
    }
    this.#open.clear();
  }

  // Writes a request at once; its answer comes later, or the error this.over.
  ask(method, params, deadline) {
    const id = (this.#lastId += 1);
    const answer = new Promise((resolve, reject) => {
      if (this.over !== undefined) {
        reject(this.over);
        return;
      }
      this.#socket.ref();
      const timer = setTimeout(() => this.#settle(id)?.reject(new TimedOut('timed_out',
        'the broker has not answered in time', 'See whether it waits for you: keybearer status')),
      Math.max(0, deadline - performance.now()));
      this.#open.set(id, { resolve, reject, timer });
      this.#socket.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    });
    return { id, answer };
  }

  #settle(id) {
    const waiting = this.#open.get(id);
    clearTimeout(waiting?.timer);
    this.#open.delete(id);
    if (this.#open.size === 0)
      this.#socket.unref();
    return waiting;
  }

  #take(piece) {
    this.#received.push(piece);
    this.#size += piece.length;
    if (!piece.includes(0x0a)) {
      if (this.#size >= LONGEST_LINE)
        this.end(nonsense());
      return;
    }
    const whole = Buffer.concat(this.#received);
    const last = whole.lastIndexOf(0x0a);
    const rest = whole.subarray(last + 1);
    this.#received = [rest];
    this.#size = rest.length;
    for (const line of whole.toString('utf8', 0, last).split('\n')) {
      if (this.over === undefined)
        this.#takeLine(line);
    }
  }

  #takeLine(line) {
    let message;
    try {
      message = JSON.parse(line);
    } catch {
      message = null;
    }
    if (typeof message !== 'object' || message === null) {
      this.end(nonsense());
      return;
    }
    if (message.method !== undefined)
      return; // an event
    // The greeting, or a line that the broker could not read.
    if (message.error !== undefined && (message.id === null || message.id === this.hello))
      this.end(refusal(message.error));
    else if (message.error !== undefined)
      this.#settle(message.id)?.reject(refusal(message.error));
    else
      this.#settle(message.id)?.resolve(message.result);
  }
}

function tokenOf(result) {
  if (typeof result?.access_token !== 'string')
    throw unreachable('the broker\'s answer holds no token', 'Update Keybearer.');
  const tokenType = String(result.token_type ?? 'Bearer');
  const header = result.header ?? { name: 'Authorization', value: `${tokenType} ${result.access_token}` };
  const token = {
    tokenType,
    expiresAt: result.expires_at ? new Date(result.expires_at) : undefined,
    scopes: result.scopes ?? [],
    account: result.account,
    issuer: result.issuer,
  };
  // Not enumerable, so that printing a token does not print it.
  return Object.freeze(Object.defineProperties(token, {
    accessToken: { value: result.access_token },
    headers: { value: Object.freeze({ [header.name]: header.value }) },
  }));
}

function paramsOf(request) {
  const wanted = typeof request === 'string' ? { provider: request } : { ...request };
  const colon = wanted.account === undefined ? wanted.provider?.indexOf(':') ?? -1 : -1;
  if (colon >= 0) {
    wanted.account = wanted.provider.slice(colon + 1);
    wanted.provider = wanted.provider.slice(0, colon);
  }
  const { provider, service, resource, account, tool, reason, scopes, minValid } = wanted;
  return { provider, service, resource, account, tool, reason, scopes: scopes?.length ? [...scopes] : undefined,
    min_valid_seconds: minValid || undefined };
}

export class Broker {
  #options;
  #claim;
  #connecting; // a promise of the connection
  #wasConnected = false;

  constructor({ name, version = VERSION, socketPath, clientKey } = {}) {
    this.#claim = { name: name ?? (basename(process.argv[1] ?? '') || 'node'), version };
    this.#options = { socketPath, clientKey };
  }

  async getToken(request) {
    const seconds = Math.min((typeof request === 'string' ? undefined : request.timeout) ?? USUAL_TIMEOUT,
      LONGEST_TIMEOUT);
    const deadline = performance.now() + 1000 * seconds;
    const params = paramsOf(request);
    for (let attempt = 0; ; attempt += 1) {
      const fresh = this.#connecting === undefined;
      this.#connecting ??= this.#connect(deadline);
      const connecting = this.#connecting;
      const forget = () => {
        if (this.#connecting === connecting)
          this.#connecting = undefined;
      };
      const connection = await connecting.catch((error) => {
        forget();
        throw error;
      });
      try {
        return tokenOf(await connection.ask('token.get', params, deadline).answer);
      } catch (error) {
        if (connection.over === undefined)
          throw error;
        forget();
        // A connection of before; the request changes nothing, so it may be put again.
        if (fresh || attempt > 0 || error !== connection.over)
          throw error;
      }
    }
  }

  close() {
    this.#connecting?.then((connection) => connection.end(closed()), () => {});
    this.#connecting = undefined;
  }

  async #connect(deadline) {
    const { socketPath, clientKey } = this.#options;
    const number = socketPath === undefined && clientKey === undefined ? setting('KEYBEARER_FD') : undefined;
    if (number !== undefined) {
      const connection = adopt(number);
      if (connection.over !== undefined)
        throw ended();
      return connection;
    }
    const secret = clientKey === undefined ? setting('KEYBEARER_CAPABILITY') : undefined;
    const key = secret === undefined ? keyFrom(clientKey ?? setting('KEYBEARER_CLIENT_KEY')) : undefined;
    const socket = await this.#reach(socketPath ?? place(), deadline);
    const connection = new Connection(socket, 0);
    this.#wasConnected = true;
    // The greeting and the first request leave in one write: a broker that refuses the greeting closes at once, and a
    // second write would then fail before its reason is read.
    socket.cork();
    process.nextTick(() => socket.uncork());
    const { id, answer } = connection.ask('hello',
      { protocol: 1, client: this.#claim, capability: secret, client_key: key }, deadline);
    connection.hello = id;
    answer.catch(() => {}); // what is refused here ends the connection, and with it every request
    return connection;
  }

  // A broker that was there is given time to come back; one that was not is not waited for.
  async #reach(path, deadline) {
    const limit = this.#wasConnected ? Math.min(performance.now() + RESTART_LIMIT, deadline) : 0;
    for (;;) {
      const socket = await reach(path);
      if (socket !== undefined)
        return socket;
      if (performance.now() >= limit)
        throw unreachable(`the broker is not running (nobody listens on ${path})`,
          'Start it with: keybearer status');
      await new Promise((resolve) => { setTimeout(resolve, RESTART_PAUSE); });
    }
  }
}

let shared;

export function getToken(request) {
  shared ??= new Broker();
  return shared.getToken(request);
}
