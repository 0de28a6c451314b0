import { isWithin, type Network, readIp, readNetwork } from '../ip-address.ts'

const mostRemembered = 50_000

/** Tells the organisation's own addresses from others. */
export class Home {
  readonly #networks: readonly Network[]
  readonly #known = new Map<string, boolean>()

  /** Networks as `address/bits`; what is none is left out. */
  constructor(networks: readonly string[]) {
    this.#networks = networks.flatMap((text) => readNetwork(text) ?? [])
  }

  has(address: string | undefined): boolean {
    if (address === undefined) return false
    const known = this.#known.get(address)
    if (known !== undefined) return known
    const ip = readIp(address)
    const isOwn = ip !== undefined && this.#networks.some((network) => isWithin(ip, network))
    if (this.#known.size >= mostRemembered) this.#known.clear()
    this.#known.set(address, isOwn)
    return isOwn
  }

  /** Whether it names one host outside: no multicast, broadcast or loopback. */
  isOutside(address: string | undefined): boolean {
    if (address === undefined || this.has(address)) return false
    return !/^(?:0\.|127\.|2(?:2[4-9]|[345]\d)\.|::1?$|ff)/i.test(address)
  }
}
