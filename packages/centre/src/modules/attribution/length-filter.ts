import { isIpv4 } from '@haidang/detection/ip-address'

const buckets = 65_536

/**
 * Which lengths of networks there are near an address, so that a look-up asks for those only: per first 16 bits
 * of an IPv4 and first 32 bits (hashed) of an IPv6 address. It only learns: what is gone costs a question.
 */
export class LengthFilter {
  readonly #ipv4 = new Uint32Array(buckets)
  readonly #ipv6 = new Uint32Array(buckets * 4)
  /** Lengths too short for a bucket. */
  readonly #short = new Uint32Array(4)
  readonly #found = new Uint32Array(4)

  get bytes(): number {
    return buckets * 20
  }

  /** `bits`: 1 to 128, of IPv4 97 to 128. */
  learn(words: Uint32Array, bits: number): void {
    const word = (bits - 1) >> 5
    const bit = 1 << ((bits - 1) & 31)
    if (isIpv4(words)) {
      if (bits < 112) this.#short[word] = (this.#short[word] ?? 0) | bit
      else this.#ipv4[top(words)] = (this.#ipv4[top(words)] ?? 0) | bit
      return
    }
    const place = hashed(words) * 4 + word
    if (bits < 32) this.#short[word] = (this.#short[word] ?? 0) | bit
    else this.#ipv6[place] = (this.#ipv6[place] ?? 0) | bit
  }

  /** Tells `ask` each length that may hold the address, longest first, until it answers true. */
  longestFirst(words: Uint32Array, ask: (bits: number) => boolean): void {
    if (isIpv4(words)) {
      tellBits((this.#ipv4[top(words)] ?? 0) | (this.#short[3] ?? 0), 96, ask)
      return
    }
    this.#findIpv6(hashed(words) * 4)
    for (let word = 3; word >= 0; word--) {
      if (tellBits(this.#found[word] ?? 0, word * 32, ask)) return
    }
  }

  #findIpv6(place: number): void {
    for (let word = 0; word < 4; word++) {
      // Short lengths of IPv4 stand in the last word, where IPv6 has none that short.
      const short = word === 3 ? 0 : (this.#short[word] ?? 0)
      this.#found[word] = (this.#ipv6[place + word] ?? 0) | short
    }
  }
}

function top(words: Uint32Array): number {
  return (words[3] ?? 0) >>> 16
}

function hashed(words: Uint32Array): number {
  return Math.imul(words[0] ?? 0, 0x9e3779b1) >>> 16
}

/** Tells the bits set in a word, highest first, as lengths above `below`; whether one was enough. */
function tellBits(set: number, below: number, ask: (bits: number) => boolean): boolean {
  let left = set
  while (left !== 0) {
    const bit = 31 - Math.clz32(left)
    if (ask(below + bit + 1)) return true
    left &= ~(1 << bit)
  }
  return false
}
