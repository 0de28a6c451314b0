import { createHmac } from 'node:crypto'
import type { ReleaseField } from '@haidang/contracts/release'
import { isIpv4, networkText, readIp } from '@haidang/detection/ip-address'

/** What stands where a value was struck out. */
export const struck = '***'

/** Kinds whose letters' case means nothing. */
const caseless: ReadonlySet<ReleaseField> = new Set(['user', 'email', 'host', 'domain', 'mac'])
const longestCache = 512

/**
 * Names that stand for values: the same value gives the same name, under a key that never leaves the
 * station (HMAC-SHA-256, RFC 2104). Addresses stay addresses, so that they can be searched and grouped:
 * IPv4 becomes one of 100::/64 (RFC 6666), IPv6 one of 100:0:0:1::/64 (RFC 9780), which no host has.
 */
export class Pseudonyms {
  readonly #key: Buffer
  readonly #hosts = new Map<string, Uint8Array>()

  constructor(key: Buffer) {
    this.#key = key
  }

  /** The name of a value of a kind; of an address, whatever its notation. */
  hash(field: ReleaseField, value: string): string {
    const words = field === 'ip' || field === 'own_ip' ? readIp(value) : undefined
    if (!words) return `${field}~${this.#digest(field, plain(field, value)).toString('hex', 0, 8)}`
    const digest = this.#digest('ip', networkText({ words, bits: 128 }))
    const block = isIpv4(words) ? 0 : 1
    return networkText({
      words: [0x01000000, block, digest.readUInt32BE(0), digest.readUInt32BE(4)],
      bits: 128,
    })
  }

  /**
   * The address with its host part exchanged for another of the same network: /24 of IPv4, /64 of IPv6.
   * No two hosts of a network share one, and none keeps its own. What is no address is hashed.
   */
  network(field: ReleaseField, value: string): string {
    const words = readIp(value)
    if (!words) return this.hash(field, value)
    if (isIpv4(words)) {
      const host = this.#permutation(words[3] >>> 8)[words[3] & 255] ?? 0
      return networkText({ words: [0, 0, 0xffff, ((words[3] & ~255) | host) >>> 0], bits: 128 })
    }
    const digest = this.#digest('network', networkText({ words, bits: 128 }))
    const low = digest.readUInt32BE(4)
    // The odd chance of the very same address is taken away.
    const own = digest.readUInt32BE(0) === words[2] && low === words[3]
    return networkText({
      words: [words[0], words[1], digest.readUInt32BE(0), (own ? low ^ 1 : low) >>> 0],
      bits: 128,
    })
  }

  /** Of the hosts of a /24: one cycle through all of them (Sattolo's algorithm), so that none stays. */
  #permutation(network: number): Uint8Array {
    const name = String(network)
    const known = this.#hosts.get(name)
    if (known) return known
    if (this.#hosts.size >= longestCache) this.#hosts.clear()
    const dice = Buffer.concat(
      Array.from({ length: 32 }, (_, part) => this.#digest('hosts', `${name}/${part}`)),
    )
    const hosts = Uint8Array.from({ length: 256 }, (_, i) => i)
    for (let i = 255; i > 0; i--) {
      const other = dice.readUInt32BE((i * 4) % dice.length) % i
      const held = hosts[i] ?? 0
      hosts[i] = hosts[other] ?? 0
      hosts[other] = held
    }
    this.#hosts.set(name, hosts)
    return hosts
  }

  #digest(kind: string, text: string): Buffer {
    return createHmac('sha256', this.#key).update(`${kind}\u0000${text}`).digest()
  }
}

function plain(field: ReleaseField, value: string): string {
  const text = value.normalize('NFC').trim()
  return caseless.has(field) ? text.toLowerCase() : text
}
