import { createServer } from 'node:net';

const TRIED = 20;

/** The first port from `first` on that nobody holds on this machine; `first` where all are held: opening it tells why. */
export async function freePort(first: number): Promise<number> {
  for (let port = first; port < first + TRIED; port += 1) if (await isFree(port)) return port;
  return first;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((told) => {
    const server = createServer();
    server.once('error', () => { told(false); });
    server.listen(port, '127.0.0.1', () => { server.close(() => { told(true); }); });
  });
}
