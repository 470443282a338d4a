// Many people at one broker, signed in at a StrictProvider.

import { until } from '../end_to_end/support/wait.mjs';

export async function signInOne(client, name) {
  const started = await client.call('signin.start', { provider: 'demo' });
  const shown = await fetch(`${started.authorization_url}&crowd=${name}`);
  await shown.text();
  await until(`the sign-in of ${name}`, async () => {
    const status = await client.call('signin.status', { signin_id: started.signin_id });
    if (['failed', 'cancelled'].includes(status.state))
      throw new Error(`${name}: ${JSON.stringify(status.error)}`);
    return status.state === 'signed_in';
  }, { deadlineMilliseconds: 60000 });
}

// As many people as there are names, a few at a time: a broker has a bound for open sign-ins.
export async function signInAll(client, names, atOnce = 8) {
  let next = 0;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (next < names.length) {
      next += 1;
      await signInOne(client, names[next - 1]);
    }
  }));
}
