import type { OwningSystem, SystemEntry } from '@haidang/contracts/enrichment'
import { asciiHost } from '@haidang/detection/indicators/ascii-name'
import {
  type IpWords,
  isIpv4,
  isWithin,
  masked,
  type Network,
  readNetwork,
} from '@haidang/detection/ip-address'

const name =
  /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/

/** Which information system an address or host belongs to: the longest network, the longest name. */
export class SystemTable {
  /** By length and leading bits. */
  readonly #networks = new Map<string, OwningSystem>()
  readonly #names = new Map<string, OwningSystem>()
  readonly #bits: readonly number[]

  /** Entries that are neither network nor name are left out; of two for the same the first stands. */
  constructor(entries: readonly SystemEntry[]) {
    const bits = new Set<number>()
    for (const { match, system } of entries) {
      const network = readNetwork(match)
      if (network !== undefined) {
        bits.add(network.bits)
        putFirst(this.#networks, keyOf(network), system)
      } else {
        const host = nameOf(match)
        if (host !== undefined) putFirst(this.#names, host, system)
      }
    }
    this.#bits = [...bits].sort((a, b) => b - a)
  }

  get size(): number {
    return this.#networks.size + this.#names.size
  }

  ofAddress(ip: IpWords): OwningSystem | undefined {
    const shortest = isIpv4(ip) ? 96 : 0
    for (const bits of this.#bits) {
      if (bits < shortest) return undefined
      const known = this.#networks.get(keyOf({ words: masked(ip, bits), bits }))
      if (known !== undefined) return known
    }
    return undefined
  }

  /** Of a host name: its own system, else that of the nearest domain it lies in. */
  ofName(host: string): OwningSystem | undefined {
    if (this.#names.size === 0 || host.length > 253) return undefined
    let rest = host.toLowerCase().replace(/\.$/, '')
    for (;;) {
      const known = this.#names.get(rest)
      if (known !== undefined) return known
      const dot = rest.indexOf('.')
      if (dot < 0) return undefined
      rest = rest.slice(dot + 1)
    }
  }
}

/** Whether a text names a network or a host, as the table of systems wants it. */
export function isMatchable(match: string): boolean {
  return readNetwork(match) !== undefined || nameOf(match) !== undefined
}

/** Whether an address lies in one of several networks. */
export function isInAny(ip: IpWords, networks: readonly Network[]): boolean {
  return networks.some((network) => isWithin(ip, network))
}

function nameOf(match: string): string | undefined {
  const host = asciiHost(match.toLowerCase().replace(/^\*?\./, ''))
  return host !== undefined && name.test(host) && !/^[\d.]+$/.test(host) ? host : undefined
}

function keyOf({ words, bits }: Network): string {
  return `${bits} ${words.join('.')}`
}

function putFirst<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) map.set(key, value)
}
