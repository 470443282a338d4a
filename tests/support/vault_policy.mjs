// Policies of Vault and OpenBao in HCL, as far as a client needs one: path "..." { capabilities = ["...", ...] }, with `*`
// at the end of a path and `+` for one part of it. Who matches best, decides.

export function parsePolicy(text) {
  const bare = text.replace(/#[^\n]*/g, '');
  const rules = [...bare.matchAll(/path\s+"([^"]+)"\s*\{\s*capabilities\s*=\s*\[([^\]]*)\]\s*\}/g)]
    .map(([, path, list]) => ({ path, capabilities: [...list.matchAll(/"([a-z]+)"/g)].map(([, word]) => word) }));
  const left = bare.replace(/path\s+"[^"]+"\s*\{\s*capabilities\s*=\s*\[[^\]]*\]\s*\}/g, '').trim();
  if (left || rules.length === 0) throw new Error(`this is no policy: ${left.slice(0, 80)}`);
  return rules;
}

function matches(rule, path) {
  const pattern = rule.path.replace(/[.?^${}()|[\]\\]/g, '\\$&').replace(/\+/g, '[^/]+').replace(/\*$/, '.*');
  return new RegExp(`^${pattern}$`).test(path);
}

export function capabilitiesOf(rules, path) {
  const fitting = rules.filter((rule) => matches(rule, path));
  fitting.sort((a, b) => b.path.replace(/[*+]/g, '').length - a.path.replace(/[*+]/g, '').length);
  return fitting[0]?.capabilities ?? [];
}

export function allowed(rules, path, capability) {
  // A folder is listed with a slash at its end.
  const asked = capability === 'list' ? [path, `${path}/`] : [path];
  return asked.some((one) => capabilitiesOf(rules, one).includes(capability));
}
