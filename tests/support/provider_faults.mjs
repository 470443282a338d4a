// What the test provider does wrong on purpose, and what it counts. A fault is
//   {route, grantType?, kind, times?, ...}
// route     token | discovery | jwks | userinfo | revocation | authorization | introspection | any
// grantType refresh_token | authorization_code: token requests with this grant alone
// kind      status         answers {status, retryAfter?, contentType?, body?} without looking at the request
//           html           answers 200 with an HTML page
//           error          answers 400 {"error": error}
//           reset          closes the connection with RST before looking at the request
//           hang           never answers
//           reset_after    does what was asked, then closes the connection without an answer
//           hang_after     does what was asked, then never answers
//           truncate_after does what was asked, then sends half of the answer and closes
//           slow           waits milliseconds, or until the faults are cleared, then answers as usual
// times     how often; without it until the faults are cleared

const routes = {
  '/token': 'token',
  '/token/revocation': 'revocation',
  '/token/introspection': 'introspection',
  '/me': 'userinfo',
  '/jwks': 'jwks',
  '/auth': 'authorization',
  '/.well-known/openid-configuration': 'discovery',
  '/.well-known/oauth-authorization-server': 'discovery',
};

const afterKinds = new Set(['reset_after', 'hang_after', 'truncate_after']);
const kinds = new Set(['status', 'html', 'error', 'reset', 'hang', 'slow', ...afterKinds]);

export function routeOf(path) {
  return routes[path] ?? (path.startsWith('/auth/') ? 'authorization' : 'other');
}

export class Faults {
  constructor() {
    this.active = [];
    this.held = new Set(); // sockets of requests that are never answered
    this.waiting = new Set(); // wakes those that are slow
  }

  add(fault) {
    if (!kinds.has(fault.kind))
      throw new Error(`unknown kind of fault: ${fault.kind}`);
    this.active.push({ route: 'token', times: Infinity, ...fault });
  }

  clear() {
    this.active = [];
    for (const socket of this.held)
      socket.destroy();
    this.held.clear();
    for (const wake of this.waiting)
      wake();
    this.waiting.clear();
  }

  // The fault that this request meets, used up once.
  take(route, grantType, after) {
    const fault = this.active.find((one) => (one.route === 'any' || one.route === route)
      && (one.grantType === undefined || one.grantType === grantType)
      && afterKinds.has(one.kind) === after);
    if (fault === undefined)
      return undefined;
    fault.times -= 1;
    if (fault.times <= 0)
      this.active = this.active.filter((one) => one !== fault);
    return fault;
  }

  needsBody(route) {
    return this.active.some((one) => one.grantType !== undefined && (one.route === 'any' || one.route === route));
  }

  // Answers instead of the provider. False: let the provider answer.
  async answerInstead(fault, response) {
    switch (fault.kind) {
    case 'status':
      response.writeHead(fault.status ?? 503, {
        'content-type': fault.contentType ?? 'text/plain',
        ...(fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }),
      });
      response.end(fault.body ?? 'down for maintenance');
      return true;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Wi-Fi</title><h1>Please accept the terms of this network</h1>');
      return true;
    case 'error':
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: fault.error, error_description: fault.description }));
      return true;
    case 'reset':
      response.socket.resetAndDestroy();
      return true;
    case 'hang':
      this.held.add(response.socket);
      return true;
    case 'slow':
      await new Promise((resolve) => {
        this.waiting.add(resolve);
        setTimeout(resolve, fault.milliseconds ?? 1000).unref();
      });
      return false;
    default:
      throw new Error(`not a fault before the request: ${fault.kind}`);
    }
  }

  // Koa: the request has been carried out; spoil what the client hears of it.
  spoilAnswer(fault, ctx) {
    const { body } = ctx;
    ctx.respond = false;
    if (fault.kind === 'reset_after') {
      ctx.res.socket.resetAndDestroy();
    } else if (fault.kind === 'hang_after') {
      this.held.add(ctx.res.socket);
    } else {
      const text = JSON.stringify(body);
      ctx.res.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
      ctx.res.write(text.slice(0, text.length / 2));
      setTimeout(() => ctx.res.socket?.destroy(), 20);
    }
  }
}

export class Counters {
  constructor() {
    this.reset();
  }

  reset() {
    this.requests = {}; // route -> requests that arrived, faulty or not
    this.granted = {}; // grant type -> token answers made
    this.refused = {}; // "grant type error" -> count
    this.reused = 0; // refresh tokens used again after they were rotated away
    this.faults = 0;
    this.tokenParameters = []; // names alone of the last token requests, never values
  }

  arrived(route) {
    this.requests[route] = (this.requests[route] ?? 0) + 1;
  }

  bump(table, name) {
    this[table][name] = (this[table][name] ?? 0) + 1;
  }

  toJSON() {
    const { requests, granted, refused, reused, faults, tokenParameters } = this;
    return { requests, granted, refused, reused, faults, tokenParameters,
      refreshes: granted.refresh_token ?? 0, token_requests: requests.token ?? 0 };
  }
}
