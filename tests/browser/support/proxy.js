// A proxy that leads to one port of this machine, whatever host is asked for.
import { createServer } from 'node:http';
import { connect } from 'node:net';

/**
 * @param {number} target
 * @returns {Promise<{ port: number, stop: () => void }>}
 */
export async function startProxy(target) {
  const server = createServer().on('connect', (_request, client) => {
    const upstream = connect(target, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connected\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { port, stop: () => server.close() };
}
