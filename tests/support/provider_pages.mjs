// The two pages that a person sees at the test provider: sign in, and allow. They work without JavaScript, so that a
// script can post them as well as a browser.

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:28rem;margin:4rem auto;padding:0 1rem}
label{display:block;margin:1rem 0}input{font:inherit;padding:.4rem;width:100%;box-sizing:border-box}
button{font:inherit;padding:.5rem 1.2rem;margin-right:.5rem}`;

function escapeHtml(text) {
  return String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

function page(title, body) {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<style>${style}</style><main><h1>${escapeHtml(title)}</h1>${body}</main></html>`;
}

function loginPage(uid, { params, users, wrong }) {
  const hint = params.login_hint ?? users[0]?.id ?? '';
  return page('Sign in', `${wrong ? '<p role="alert">No such account. Try again.</p>' : ''}
<form id="login" method="post" action="/interaction/${uid}/login">
<label>Account <input name="login" autocomplete="off" value="${escapeHtml(hint)}"></label>
<label>Password <input name="password" type="password" autocomplete="off"></label>
<button type="submit">Sign in</button></form>`);
}

function consentPage(uid, { params, clientName }) {
  const scopes = (params.scope ?? '').split(' ').filter(Boolean)
    .map((scope) => `<li>${escapeHtml(scope)}</li>`).join('');
  return page('Allow access?', `<p><strong>${escapeHtml(clientName)}</strong> asks for:</p><ul>${scopes}</ul>
<form id="consent" method="post" action="/interaction/${uid}/consent">
<button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny">Deny</button></form>`);
}

async function readForm(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 65536)
      throw new Error('form too large');
  }
  return new URLSearchParams(text);
}

async function grantFor(provider, interaction) {
  const { grantId, session, params, prompt: { details } } = interaction;
  const grant = grantId ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  if (details.missingOIDCScope)
    grant.addOIDCScope(details.missingOIDCScope.join(' '));
  if (details.missingOIDCClaims)
    grant.addOIDCClaims(details.missingOIDCClaims);
  for (const [indicator, scopes] of Object.entries(details.missingResourceScopes ?? {}))
    grant.addResourceScope(indicator, scopes.join(' '));
  return grant.save();
}

export class InteractionPages {
  // users: [{id, email, name}]; autoApprove: the id of the user as whom everything is allowed without a page.
  constructor(provider, { users, autoApprove }) {
    this.provider = provider;
    this.users = users;
    this.autoApprove = autoApprove;
  }

  static owns(path) {
    return path.startsWith('/interaction/');
  }

  async answer(request, response) {
    const interaction = await this.provider.interactionDetails(request, response);
    const step = new URL(request.url, 'http://host').pathname.split('/')[3];
    if (request.method === 'GET' && step === undefined && this.autoApprove === undefined)
      return this.show(response, interaction, false);
    const form = request.method === 'POST' ? await readForm(request) : new URLSearchParams();
    if (interaction.prompt.name === 'login')
      return this.login(request, response, interaction, form.get('login') ?? this.autoApprove);
    return this.consent(request, response, interaction, form.get('decision') ?? 'allow');
  }

  async show(response, interaction, wrong) {
    const { uid, params, prompt } = interaction;
    const client = await this.provider.Client.find(params.client_id);
    const html = prompt.name === 'login' ? loginPage(uid, { params, users: this.users, wrong })
      : consentPage(uid, { params, clientName: client.clientName ?? client.clientId });
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(html);
  }

  async login(request, response, interaction, name) {
    const user = this.users.find((one) => one.id === name || one.email === name);
    if (user === undefined)
      return this.show(response, interaction, true);
    return this.provider.interactionFinished(request, response, { login: { accountId: user.id } },
      { mergeWithLastSubmission: false });
  }

  async consent(request, response, interaction, decision) {
    if (decision !== 'allow') {
      return this.provider.interactionFinished(request, response,
        { error: 'access_denied', error_description: 'The person said no' }, { mergeWithLastSubmission: false });
    }
    const grantId = await grantFor(this.provider, interaction);
    return this.provider.interactionFinished(request, response, { consent: { grantId } },
      { mergeWithLastSubmission: true });
  }
}
