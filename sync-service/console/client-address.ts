/**
 * The address of whoever asked. Behind proxies that are trusted it is the last one in X-Forwarded-For that no trusted proxy
 * wrote for another; from anybody else the header says nothing.
 */
export function clientAddress(socket: string, forwardedFor: string, trusted: ReadonlySet<string>): string {
  const plain = (address: string): string => address.trim().replace(/^::ffff:/, '');
  let address = plain(socket);
  for (const hop of forwardedFor.split(',').reverse()) {
    if (!trusted.has(address) || plain(hop) === '') break;
    address = plain(hop);
  }
  return address;
}
