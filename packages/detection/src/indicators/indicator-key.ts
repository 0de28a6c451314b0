import { hexDigit, isIpv4 } from '../ip-address.ts'
import { asciiUrl } from './ascii-name.ts'
import type { CanonicalIndicator } from './indicator-text.ts'
import { writeUrl } from './url-key.ts'

/** What keys are of; the number enters the fingerprint, so that equal bytes of two kinds differ. */
export const keyKinds = { address: 0, domain: 1, url: 2, hash: 3, email: 4, below: 5 } as const
export type KeyKind = keyof typeof keyKinds

const largest = 32_768
const longestUrl = 8_192
const longestName = 320
const mostBeginnings = 64
const first = 0x9e3779b1
const second = 0x85ebca6b

/**
 * The bytes an indicator or a seen value is compared in, and their fingerprint of 64 bits. One object is
 * used again for every value, so that looking up allocates nothing.
 */
export class IndicatorKey {
  readonly bytes = new Uint8Array(largest)
  length = 0
  /** The fingerprint; `lo` is never 0. */
  lo = 0
  hi = 0
  readonly #one: number
  readonly #two: number

  /** `seed`: any number, secret from whoever writes lists, so that none can craft equal fingerprints. */
  constructor(seed: number) {
    this.#one = Math.imul(seed ^ first, second)
    this.#two = Math.imul(seed ^ second, first)
  }

  /** Puts an indicator as recognised, sealed; answers which kind of key it has, undefined where it has none. */
  put(indicator: CanonicalIndicator): KeyKind | undefined {
    if (!this.#putUnsealed(indicator)) return undefined
    const kind = indicator.kind === 'url' && indicator.below ? 'below' : indicator.kind
    if (kind === 'domain') this.sealName(0)
    else this.seal(kind)
    return kind
  }

  /** The first `bits` of an address, as readIpInto leaves it. */
  putAddress(words: Uint32Array, bits: number): void {
    const ipv4 = bits >= 96 && isIpv4(words)
    this.bytes[0] = bits
    this.length = 1
    for (let word = ipv4 ? 3 : 0; word < 4; word++) {
      const kept = Math.min(Math.max(bits - word * 32, 0), 32)
      const value = (words[word] ?? 0) & (kept === 0 ? 0 : -1 << (32 - kept))
      this.bytes[this.length++] = value >>> 24
      this.bytes[this.length++] = value >>> 16
      this.bytes[this.length++] = value >>> 8
      this.bytes[this.length++] = value
    }
  }

  /** A name in lower case without its final dot; false where it is over-long or not ASCII. */
  putName(text: string, from: number, to: number): boolean {
    const end = text.charCodeAt(to - 1) === 46 ? to - 1 : to
    if (end <= from || end - from > longestName) return false
    for (let i = from; i < end; i++) {
      const code = text.charCodeAt(i)
      if (code > 127) return false
      this.bytes[i - from] = code >= 65 && code <= 90 ? code + 32 : code
    }
    this.length = end - from
    return true
  }

  /** Hexadecimal as the bytes it stands for, anything else (JA4) as a name; false where it is neither. */
  putHash(text: string): boolean {
    if (text.length === 36) return this.putName(text, 0, 36)
    if (text.length > 128 || text.length % 2 === 1) return false
    for (let i = 0; i < text.length; i += 2) {
      const high = hexDigit(text.charCodeAt(i))
      const low = hexDigit(text.charCodeAt(i + 1))
      if (high < 0 || low < 0) return false
      this.bytes[i >> 1] = high * 16 + low
    }
    this.length = text.length >> 1
    return true
  }

  /** A URL in canonical form; false where it has no authority or is over-long. */
  putUrl(url: string): boolean {
    if (url.length > longestUrl) return false
    let length = writeUrl(url, this.bytes)
    if (length < 0) {
      const ascii = asciiUrl(url)
      length = ascii === undefined || ascii.length >= largest ? -1 : writeUrl(ascii, this.bytes)
    }
    this.length = Math.max(length, 0)
    return length > 0
  }

  /** Fingerprint of all bytes. */
  seal(kind: KeyKind): void {
    this.sealFirst(this.length, kind)
  }

  /** Fingerprint of the first bytes. */
  sealFirst(length: number, kind: KeyKind): void {
    let one = this.#one
    let two = this.#two
    for (let i = 0; i < length; i++) {
      const byte = this.bytes[i] ?? 0
      one = Math.imul(one ^ byte, first)
      one ^= one >>> 15
      two = Math.imul(two ^ byte, second)
      two = (two << 13) | (two >>> 19)
    }
    this.#finish(one, two, kind)
  }

  /**
   * Fingerprints of a URL's beginnings, up to each `/` and `?` from `path` on, at most 64: `each` is told the
   * length while its fingerprint stands.
   */
  sealBeginnings(path: number, each: (length: number) => void): void {
    let one = this.#one
    let two = this.#two
    let told = 0
    for (let i = 0; i < this.length && told < mostBeginnings; i++) {
      const byte = this.bytes[i] ?? 0
      one = Math.imul(one ^ byte, first)
      one ^= one >>> 15
      two = Math.imul(two ^ byte, second)
      two = (two << 13) | (two >>> 19)
      if (i < path || (byte !== 47 && byte !== 63)) continue
      this.#finish(one, two, 'below')
      each(i + 1)
      told += 1
    }
  }

  /** Fingerprint of a name from `from` on. */
  sealName(from: number): void {
    this.sealNames(from, ignore)
  }

  /**
   * Fingerprints of a name and all it lies in, shortest first and not beyond `lowest`: taken from the end,
   * each costs only its own label. `each` is told where a name begins while its fingerprint stands.
   */
  sealNames(lowest: number, each: (from: number) => void): void {
    let one = this.#one
    let two = this.#two
    for (let i = this.length - 1; i >= lowest; i--) {
      const byte = this.bytes[i] ?? 0
      one = Math.imul(one ^ byte, first)
      one ^= one >>> 15
      two = Math.imul(two ^ byte, second)
      two = (two << 13) | (two >>> 19)
      if (i === lowest || this.bytes[i - 1] === 46) {
        this.#finish(one, two, 'domain')
        each(i)
      }
    }
  }

  /** Whether another key has the same bytes as this one between two places. */
  isPart(other: IndicatorKey, from: number, to: number): boolean {
    if (other.length !== to - from) return false
    for (let i = 0; i < other.length; i++) {
      if (other.bytes[i] !== this.bytes[from + i]) return false
    }
    return true
  }

  #putUnsealed(indicator: CanonicalIndicator): boolean {
    switch (indicator.kind) {
      case 'address':
        this.putAddress(Uint32Array.from(indicator.network.words), indicator.network.bits)
        return true
      case 'url':
        return this.putUrl(indicator.text)
      case 'hash':
        return this.putHash(indicator.text)
      case 'domain':
      case 'email':
        return this.putName(indicator.text, 0, indicator.text.length)
    }
  }

  #finish(one: number, two: number, kind: KeyKind): void {
    const lo = mixed(one ^ Math.imul(keyKinds[kind] + 1, second))
    this.hi = mixed(two + Math.imul(one, first))
    this.lo = lo === 0 ? 1 : lo
  }
}

function ignore(): void {}

/** Spreads every bit over all bits. */
function mixed(value: number): number {
  let word = Math.imul(value ^ (value >>> 16), 0x7feb352d)
  word = Math.imul(word ^ (word >>> 15), 0x846ca68b)
  return word ^ (word >>> 16)
}
