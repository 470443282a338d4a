// The keys of a secrets engine KV version 2: versions, check-and-set, metadata (see vault_server.mjs).

const newestKept = 10; // of the engine, where neither it nor the key says otherwise

export class VaultKv {
  constructor(now) {
    this.now = now;
    this.keys = new Map();
  }

  clear() {
    this.keys.clear();
  }

  has(key) {
    return this.keys.has(key);
  }

  time() {
    return new Date(this.now()).toISOString().replace('Z', '000000Z');
  }

  make(key) {
    if (!this.keys.has(key)) {
      this.keys.set(key, { versions: new Map(), current: 0, oldest: 0, maxVersions: 0, casRequired: false,
        deleteAfter: 0, created: this.time(), custom: null });
    }
    return this.keys.get(key);
  }

  describe(number, version, custom) {
    return { version: number, created_time: version.created, deletion_time: version.deletion, destroyed: version.destroyed,
      custom_metadata: custom };
  }

  read(key) {
    const entry = this.keys.get(key);
    const version = entry?.versions.get(entry.current);
    if (!version) return { status: 404, errors: [] };
    const metadata = this.describe(entry.current, version, entry.custom);
    const gone = version.destroyed || (version.deletion && Date.parse(version.deletion) <= this.now());
    if (gone) return { status: 404, data: { data: null, metadata } };
    return { data: { data: version.data, metadata } };
  }

  write(key, { data, options = {} }) {
    if (typeof data !== 'object' || data === null) return { status: 400, errors: ['no data provided'] };
    const entry = this.keys.get(key);
    const current = entry?.current ?? 0;
    if (options.cas === undefined && entry?.casRequired) {
      return { status: 400, errors: ['check-and-set parameter required for this call'] };
    }
    if (options.cas !== undefined && options.cas !== current) {
      return { status: 400, errors: ['check-and-set parameter did not match the current version'] };
    }
    const made = this.make(key);
    made.current += 1;
    const deletion = made.deleteAfter ? new Date(this.now() + made.deleteAfter * 1000).toISOString() : '';
    const version = { data, created: this.time(), deletion, destroyed: false };
    made.versions.set(made.current, version);
    made.updated = version.created;
    const kept = made.maxVersions || newestKept;
    for (const number of [...made.versions.keys()]) if (number <= made.current - kept) made.versions.delete(number);
    return { data: this.describe(made.current, version, made.custom) };
  }

  list(folder) {
    const beginning = folder === '' ? '' : `${folder.replace(/\/$/, '')}/`;
    const names = new Set();
    for (const key of this.keys.keys()) {
      if (!key.startsWith(beginning)) continue;
      const rest = key.slice(beginning.length);
      names.add(rest.includes('/') ? rest.slice(0, rest.indexOf('/') + 1) : rest);
    }
    return names.size === 0 ? { status: 404, errors: [] } : { data: { keys: [...names].sort() } };
  }

  readMetadata(key) {
    const entry = this.keys.get(key);
    if (!entry) return { status: 404, errors: [] };
    const versions = Object.fromEntries([...entry.versions].map(([number, version]) => [number,
      { created_time: version.created, deletion_time: version.deletion, destroyed: version.destroyed }]));
    return { data: { versions, current_version: entry.current, oldest_version: entry.oldest, created_time: entry.created,
      updated_time: entry.updated ?? entry.created, max_versions: entry.maxVersions, cas_required: entry.casRequired,
      delete_version_after: `${entry.deleteAfter}s`, custom_metadata: entry.custom } };
  }

  writeMetadata(key, body) {
    const entry = this.make(key);
    if (body.max_versions !== undefined) entry.maxVersions = body.max_versions;
    if (body.cas_required !== undefined) entry.casRequired = body.cas_required;
    if (body.delete_version_after !== undefined) entry.deleteAfter = Number.parseInt(body.delete_version_after, 10);
    if (body.custom_metadata !== undefined) entry.custom = body.custom_metadata;
    return { status: 204 };
  }

  destroy(key, versions) {
    const entry = this.keys.get(key);
    for (const number of versions) {
      const version = entry?.versions.get(Number(number));
      if (version) Object.assign(version, { data: null, destroyed: true });
    }
    return { status: 204 };
  }

  // The newest version, so that it can be brought back.
  remove(key) {
    const entry = this.keys.get(key);
    const version = entry?.versions.get(entry.current);
    if (version) version.deletion = new Date(this.now()).toISOString();
    return { status: 204 };
  }

  forget(key) {
    this.keys.delete(key);
    return { status: 204 };
  }

  versionsOf(key) {
    return [...(this.keys.get(key)?.versions ?? [])].map(([number, { data }]) => ({ number, data }));
  }

  dump() {
    return Object.fromEntries([...this.keys.keys()].map((key) => [key, this.versionsOf(key)]));
  }
}
