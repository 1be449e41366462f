/** SHA-256 as core's `js-sha256` offers it, in a fiftieth of its size: the bundle's stand-in (scripts/build-apps-script.mjs). */

const ROUNDS = 64;
const BLOCK_BYTES = 64;

/** The first 32 bits of the fractional parts of a root of the first primes, as the standard derives its constants. */
function fractions(count: number, root: (prime: number) => number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) if (candidate % divisor === 0) isPrime = false;
    if (isPrime) found.push((root(candidate) % 1) * 0x100000000 | 0);
  }
  return found;
}

const START = fractions(8, Math.sqrt);
const CONSTANTS = fractions(ROUNDS, Math.cbrt);

/** The digest of a text's UTF-8 bytes in hexadecimal. */
export function sha256(text: string): string {
  const hash = Int32Array.from(START);
  const schedule = new Int32Array(ROUNDS);
  const bytes = padded(text);
  for (let offset = 0; offset < bytes.length; offset += BLOCK_BYTES) addBlock(hash, schedule, bytes, offset);
  return Array.from(hash, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function addBlock(hash: Int32Array, schedule: Int32Array, bytes: Uint8Array, offset: number): void {
  for (let t = 0; t < ROUNDS; t += 1) {
    if (t < 16) {
      const at = offset + t * 4;
      schedule[t] = bytes[at]! << 24 | bytes[at + 1]! << 16 | bytes[at + 2]! << 8 | bytes[at + 3]!;
      continue;
    }
    const [w15, w2] = [schedule[t - 15]!, schedule[t - 2]!];
    const s0 = rotated(w15, 7) ^ rotated(w15, 18) ^ w15 >>> 3;
    const s1 = rotated(w2, 17) ^ rotated(w2, 19) ^ w2 >>> 10;
    schedule[t] = schedule[t - 16]! + s0 + schedule[t - 7]! + s1 | 0;
  }
  let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number];
  for (let t = 0; t < ROUNDS; t += 1) {
    const t1 = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + (e & f ^ ~e & g) + CONSTANTS[t]! + schedule[t]! | 0;
    const t2 = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, d + t1 | 0, c, b, a, t1 + t2 | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, place) => { hash[place] = hash[place]! + word | 0; });
}

/** The bytes, a one bit, zeros, and the length in bits. */
function padded(text: string): Uint8Array {
  const utf8 = utf8Bytes(text);
  const bytes = new Uint8Array(Math.ceil((utf8.length + 9) / BLOCK_BYTES) * BLOCK_BYTES);
  bytes.set(utf8);
  bytes[utf8.length] = 0x80;
  const bits = utf8.length * 8;
  for (let place = 0; place < 4; place += 1) bytes[bytes.length - 1 - place] = bits / 2 ** (8 * place) & 0xff;
  return bytes;
}

/** Apps Script has no TextEncoder. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (const sign of text) {
    const code = sign.codePointAt(0)!;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | code >> 6, 0x80 | code & 63);
    else if (code < 0x10000) bytes.push(0xe0 | code >> 12, 0x80 | code >> 6 & 63, 0x80 | code & 63);
    else bytes.push(0xf0 | code >> 18, 0x80 | code >> 12 & 63, 0x80 | code >> 6 & 63, 0x80 | code & 63);
  }
  return bytes;
}

function rotated(word: number, by: number): number {
  return word >>> by | word << 32 - by;
}
