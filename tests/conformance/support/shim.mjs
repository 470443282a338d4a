// Stands before the gateway for a suite that cannot send a token: adds the Authorization field, and where the suite
// names this address as Host it becomes the gateway's. Any other Host stays, for the scenario that is about that.

import http from 'node:http';

export class Shim {
  static async start() {
    const shim = new Shim();
    shim.server = http.createServer((request, response) => shim.#forward(request, response));
    await new Promise((resolve) => { shim.server.listen(0, '127.0.0.1', resolve); });
    shim.host = `127.0.0.1:${shim.server.address().port}`;
    shim.origin = `http://${shim.host}`;
    return shim;
  }

  // target: the gateway's base; key: what opens it.
  lead(target, key) {
    this.target = new URL(target);
    this.key = key;
  }

  #forward(request, response) {
    const fields = [];
    for (let index = 0; index < request.rawHeaders.length; index += 2) {
      const [name, value] = request.rawHeaders.slice(index, index + 2);
      if (!/^(connection|keep-alive)$/i.test(name))
        fields.push([name, /^host$/i.test(name) && value === this.host ? this.target.host : value]);
    }
    fields.push(['authorization', `Bearer ${this.key}`]);
    const onward = http.request({ host: this.target.hostname, port: this.target.port, method: request.method, path: request.url,
      headers: fields.flat(), setHost: false }, (answer) => {
      response.writeHead(answer.statusCode, answer.rawHeaders.reduce((all, value, index, raw) => (index % 2 === 1
        && !/^(connection|keep-alive|transfer-encoding)$/i.test(raw[index - 1]) ? [...all, raw[index - 1], value] : all), []));
      response.flushHeaders();
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}
