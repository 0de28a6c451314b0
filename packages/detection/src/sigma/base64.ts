/** How a text becomes bytes before it is base64-encoded (modifiers wide, utf16, utf16le, utf16be). */
export type Encoding = 'utf8' | 'utf16le' | 'utf16be' | 'utf16'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Bytes of a text; `utf16` is little-endian with a byte order mark. */
export function encoded(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf8') return new TextEncoder().encode(text)
  const marked = encoding === 'utf16' ? `\ufeff${text}` : text
  const bytes = new Uint8Array(marked.length * 2)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < marked.length; i++) {
    view.setUint16(i * 2, marked.charCodeAt(i), encoding !== 'utf16be')
  }
  return bytes
}

/** RFC 4648 section 4, with padding. */
export function base64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3)
    const triple = (a << 16) | (b << 8) | c
    for (const shift of [18, 12, 6, 0]) text += alphabet.charAt((triple >> shift) & 63)
  }
  const missing = (3 - (bytes.length % 3)) % 3
  return missing === 0 ? text : text.slice(0, -missing) + '='.repeat(missing)
}

/** What is sure to stand in the base64 of any text that contains these bytes, for each of the three offsets. */
export function base64Offsets(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((offset) => {
    const shifted = new Uint8Array(offset + bytes.length)
    shifted.set(bytes, offset)
    const text = base64(shifted)
    const cut = [0, 3, 2][shifted.length % 3] ?? 0
    return text.slice([0, 2, 3][offset], text.length - cut)
  })
}

/** Bytes as a text with one character each, to be looked for where nothing decodes them. */
export function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}
