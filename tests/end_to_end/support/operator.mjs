// What a person does with the command line: sign in, look, allow. In the modes ask and locked no other program may.

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';

import { Child } from './children.mjs';
import { commandProgram } from './broker.mjs';
import { until } from './wait.mjs';

const browserScript = fileURLToPath(new URL('../../support/browser.mjs', import.meta.url));

// keybearer PARAMETERS --json: the answer; an assertion failure unless it ends with 0.
export async function ask(broker, ...parameters) {
  const { status, stdout, stderr } = await broker.run([...parameters, '--json']);
  assert.equal(status, 0, `${parameters.join(' ')}: ${stderr}`);
  return stdout.trim() === '' ? undefined : JSON.parse(stdout.trim().split('\n').at(-1));
}

// Signs in with a script that plays the browser. Returns the session.
export async function signInByCommand(broker, provider = 'demo') {
  const { status, stderr } = await broker.run(['login', provider], { env: { BROWSER: browserScript } });
  assert.equal(status, 0, stderr);
  const { sessions } = await ask(broker, 'session', 'list');
  return sessions.find((one) => one.provider === provider);
}

// A person who sees the questions (keybearer consent pending --follow) and answers them.
export class Prompter {
  static async open(t, broker) {
    const prompter = new Prompter(broker);
    t.after(() => prompter.child.kill('SIGKILL'));
    await until('somebody who can be asked', () => prompter.child.stderr.includes('Questions appear here'));
    return prompter;
  }

  constructor(broker) {
    this.broker = broker;
    this.answered = new Set();
    this.child = new Child(commandProgram, ['consent', 'pending', '--follow', '--json'], { env: broker.environment });
  }

  get events() {
    return this.child.stdout.split('\n').slice(0, -1).map((line) => JSON.parse(line));
  }

  // The next question that nobody has answered.
  question() {
    return until('the question', () => this.events.find((one) =>
      one.topic === 'consent.requested' && !this.answered.has(one.consent_id)));
  }

  async answer(decision) {
    const asked = await this.question();
    this.answered.add(asked.consent_id);
    const { status, stderr } = await this.broker.run(['consent', 'answer', asked.consent_id, decision]);
    assert.equal(status, 0, stderr);
    return asked;
  }

  // Answers what is asked from now on, as long as the broker lives. decision: a word, or what makes one of a question.
  always(decision) {
    const decided = async (asked) => {
      this.answered.add(asked.consent_id);
      const word = typeof decision === 'function' ? decision(asked) : decision;
      const { status, stderr } = await this.broker.run(['consent', 'answer', asked.consent_id, word]);
      assert.ok(status === 0 || status === 9, stderr); // 9: whoever asked has gone
    };
    this.child.process.stdout.on('data', () => {
      for (const one of this.events) {
        if (one.topic === 'consent.requested' && !this.answered.has(one.consent_id))
          decided(one).catch((error) => { this.failure = error; });
      }
    });
  }
}
