// The storage adapter of the test provider: everything in one Map, and refresh tokens that may be used again for a
// grace period after they were rotated away, as Okta, Auth0 and others allow.

const grantable = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken', 'DeviceCode',
  'BackchannelAuthenticationRequest']);

export class ProviderStore {
  constructor({ graceSeconds = 0 } = {}) {
    this.graceSeconds = graceSeconds;
    this.records = new Map(); // "Model:id" -> {payload, expiresAt}
    this.byGrant = new Map(); // grant id -> Set of keys
    this.byUid = new Map(); // session uid -> session id
  }

  adapterFor(model) {
    return new StoreAdapter(this, model);
  }

  read(key) {
    const record = this.records.get(key);
    if (record === undefined)
      return undefined;
    if (record.expiresAt <= Date.now()) {
      this.records.delete(key);
      return undefined;
    }
    return record.payload;
  }

  payloads(model) {
    const prefix = `${model}:`;
    return [...this.records.keys()].filter((key) => key.startsWith(prefix)).map((key) => this.read(key))
      .filter((payload) => payload !== undefined);
  }

  forgetGrant(grantId) {
    for (const key of this.byGrant.get(grantId) ?? [])
      this.records.delete(key);
    this.byGrant.delete(grantId);
    this.records.delete(`Grant:${grantId}`);
  }

  forgetAllGrants() {
    for (const grantId of [...this.byGrant.keys()])
      this.forgetGrant(grantId);
  }

  forgetAccessTokens() {
    for (const key of [...this.records.keys()]) {
      if (key.startsWith('AccessToken:'))
        this.records.delete(key);
    }
  }
}

class StoreAdapter {
  constructor(store, model) {
    this.store = store;
    this.model = model;
  }

  key(id) {
    return `${this.model}:${id}`;
  }

  async upsert(id, payload, expiresIn) {
    const expiresAt = typeof expiresIn === 'number' ? Date.now() + expiresIn * 1000 : Infinity;
    this.store.records.set(this.key(id), { payload, expiresAt });
    if (grantable.has(this.model) && payload.grantId) {
      const members = this.store.byGrant.get(payload.grantId) ?? new Set();
      members.add(this.key(id));
      this.store.byGrant.set(payload.grantId, members);
    }
    if (this.model === 'Session')
      this.store.byUid.set(payload.uid, id);
  }

  async find(id) {
    const payload = this.store.read(this.key(id));
    if (this.model !== 'RefreshToken' || payload?.consumed === undefined)
      return payload;
    const age = (Date.now() - payload.consumedAtMilliseconds) / 1000;
    if (age >= this.store.graceSeconds)
      return payload;
    const { consumed, consumedAtMilliseconds, ...usable } = payload;
    return usable;
  }

  async findByUid(uid) {
    return this.find(this.store.byUid.get(uid));
  }

  async findByUserCode(userCode) {
    return this.store.payloads(this.model).find((payload) => payload.userCode === userCode);
  }

  async consume(id) {
    const payload = this.store.read(this.key(id));
    if (payload === undefined || payload.consumed !== undefined)
      return; // used again within the grace period: the first use counts
    payload.consumed = Math.floor(Date.now() / 1000);
    payload.consumedAtMilliseconds = Date.now();
  }

  async destroy(id) {
    this.store.records.delete(this.key(id));
  }

  async revokeByGrantId(grantId) {
    this.store.forgetGrant(grantId);
  }
}
