/** What went wrong. `errorName` ("authorization_required") is for programs; `message` and `action` are for people. */
export class KeybearerError extends Error {
  readonly errorName: string;
  /** One sentence: what the person can do. May be empty. */
  readonly action: string;
  /** Of JSON-RPC; 0 if the error was found on this side. */
  readonly code: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** Seconds. */
  readonly retryAfter?: number;
  /** For the person's browser. */
  readonly authorizationUrl?: string;
  readonly verificationUri?: string;
  readonly userCode?: string;
}
/** A person has to sign in. */
export class SignInNeeded extends KeybearerError {}
/** The answer is no: the person's, a policy's, or to this client key. */
export class Denied extends KeybearerError {}
/** Passes by itself or soon; see retryAfter. */
export class TryLater extends KeybearerError {}
/** No broker, or not one to be trusted. */
export class BrokerUnreachable extends KeybearerError {}
/** No answer within the timeout. */
export class TimedOut extends KeybearerError {}

export interface Token {
  readonly accessToken: string;
  readonly tokenType: string;
  /** undefined: it does not expire. */
  readonly expiresAt?: Date;
  readonly scopes: readonly string[];
  readonly account?: string;
  readonly issuer?: string;
  /** How it goes into a request: fetch(url, { headers: token.headers }) */
  readonly headers: Readonly<Record<string, string>>;
}

export interface TokenRequest {
  /** "github", "github:ana@example.com", "apikey:weather" */
  provider?: string;
  /** A name under services: of config.yaml. */
  service?: string;
  /** The URL of a server. */
  resource?: string;
  account?: string;
  /** The rules of config.yaml choose or check by it. */
  tool?: string;
  /** The person sees it as a claim. */
  reason?: string;
  scopes?: readonly string[];
  /** Seconds that the token has to be good for, at most a day. */
  minValid?: number;
  /** Seconds; 150 unless told, because a question to the person stays open for 120. */
  timeout?: number;
}

export interface BrokerOptions {
  /** What the program calls itself; the person sees it as a claim. */
  name?: string;
  version?: string;
  /** Instead of KEYBEARER_SOCKET, KEYBEARER_HOME or the usual place. */
  socketPath?: string;
  /** A client key, or @ and the name of a file, instead of KEYBEARER_CLIENT_KEY. */
  clientKey?: string;
}

/** The broker, for one program. One is enough. Nothing is connected before the first request; the connection is kept,
 * made again after the broker was restarted, and does not keep the program alive. */
export class Broker {
  constructor(options?: BrokerOptions);
  getToken(request: string | TokenRequest): Promise<Token>;
  close(): void;
}

/** Broker.getToken of one Broker for the whole program. */
export function getToken(request: string | TokenRequest): Promise<Token>;
