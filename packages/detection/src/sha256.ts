const words =
  /* first 32 bits of the fractional parts of the cube roots of the first 64 primes */ primes(
    64,
  ).map((prime) => fraction(Math.cbrt(prime)))
const seed = primes(8).map((prime) => fraction(Math.sqrt(prime)))

/** SHA-256 (FIPS 180-4) of the UTF-8 of a text, in lower-case hexadecimal. Here because this package is pure. */
export function sha256(text: string): string {
  const bytes = padded(new TextEncoder().encode(text))
  const view = new DataView(bytes.buffer)
  const state = Uint32Array.from(seed)
  const schedule = new Uint32Array(64)
  for (let offset = 0; offset < bytes.length; offset += 64) {
    for (let i = 0; i < 16; i++) schedule[i] = view.getUint32(offset + i * 4)
    compress(state, schedule)
  }
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('')
}

function compress(state: Uint32Array, w: Uint32Array): void {
  for (let i = 16; i < 64; i++) {
    const a = at(w, i - 15)
    const b = at(w, i - 2)
    const small = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)
    w[i] = at(w, i - 16) + small + at(w, i - 7) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let i = 0; i < 64; i++) {
    const mixed = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
    const one = (h + mixed + ((e & f) ^ (~e & g)) + (words[i] ?? 0) + at(w, i)) | 0
    const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = at(state, i) + value
}

function at(array: Uint32Array, index: number): number {
  return array[index] ?? 0
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

function padded(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64)
  bytes.set(message)
  bytes[message.length] = 0x80
  const bits = message.length * 8
  const view = new DataView(bytes.buffer)
  view.setUint32(bytes.length - 8, Math.floor(bits / 2 ** 32))
  view.setUint32(bytes.length - 4, bits >>> 0)
  return bytes
}

function primes(count: number): number[] {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate)
  }
  return found
}

function fraction(value: number): number {
  return Math.floor((value % 1) * 2 ** 32)
}
