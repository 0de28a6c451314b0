import { IndicatorKey } from '@haidang/detection/indicators/indicator-key'
import { pathStart } from '@haidang/detection/indicators/url-key'
import {
  type IpWords,
  isWithin,
  masked,
  type Network,
  networkText,
  readNetwork,
} from '@haidang/detection/ip-address'
import { LengthFilter } from './length-filter.ts'
import { PeriodTable } from './period-table.ts'
import { type Range, readSubject, type Subject } from './subject.ts'

/** A range that belongs to a system for a time. */
export interface Claim extends Range {
  readonly system_id: string
  readonly organisation_id: string
  /** Seconds since the epoch from which on it holds; 0: since ever. */
  readonly from: number
  /** Seconds since the epoch from which on it no longer holds; `noEnd`: it still does. */
  readonly until: number
  /** Said to be right by who may approve for the whole node. */
  readonly confirmed?: boolean
}

/** Whose something is, and by which range. */
export interface Attribution extends Range {
  readonly system_id: string
  readonly organisation_id: string
  readonly confirmed: boolean
}

interface Owner {
  readonly system_id: string
  readonly organisation_id: string
  readonly confirmed: boolean
}

/** Addresses many networks use inside: whose they are depends on who says them. */
const inner: readonly Network[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
].flatMap((text) => readNetwork(text) ?? [])

const nobody = -1

/**
 * Which system and organisation an address, name or URL belongs to at a time: the longest network, the longest
 * name, the longest path. Everything is in typed arrays and changed in place; nothing is ever scanned.
 */
export class AttributionIndex {
  readonly #table: PeriodTable
  readonly #lengths = new LengthFilter()
  readonly #key: IndicatorKey
  readonly #words = new Uint32Array(4)
  readonly #owners: Owner[] = []
  readonly #numbers = new Map<string, number>()

  /** `seed`: any number nobody else knows, so that none can craft equal fingerprints; `room`: claims expected. */
  constructor(seed: number, room = 1_024) {
    this.#key = new IndicatorKey(seed)
    this.#table = new PeriodTable(room)
  }

  /** Claims in force at some time. */
  get size(): number {
    return this.#table.size
  }

  /** Bytes of its arrays; the names of systems come on top. */
  get bytes(): number {
    return this.#table.bytes + this.#lengths.bytes
  }

  /** Adds a claim in canonical form (`readRange`); false where the same range belongs to somebody at that time. */
  add(claim: Claim): boolean {
    const sealed = this.#seal(claim)
    if (!sealed) return false
    const { lo, hi } = this.#key
    const added = this.#table.add(lo, hi, claim.from, claim.until, this.#numberOf(claim))
    if (added && sealed !== true) this.#lengths.learn(this.#words, sealed.bits)
    return added
  }

  /** Takes a claim away; false where there is none such. */
  remove(claim: Claim): boolean {
    if (!this.#seal(claim)) return false
    const { lo, hi } = this.#key
    return this.#table.remove(lo, hi, claim.from, this.#numberOf(claim))
  }

  /** As `of`, of a text as somebody writes it. */
  ofText(written: string, seconds: number, asker?: string): Attribution | undefined {
    const subject = readSubject(written)
    return subject && this.of(subject, seconds, asker)
  }

  /**
   * Whose something is at a time, seconds since the epoch. `asker`: the organisation in whose network a
   * private address was seen; without one, a private address is nobody's.
   */
  of(subject: Subject, seconds: number, asker?: string): Attribution | undefined {
    switch (subject.kind) {
      case 'address':
        return this.#ofAddress(subject.words, seconds, asker)
      case 'domain':
        return this.#ofName(subject.text, seconds)
      case 'url':
        return this.#ofUrl(subject.text, seconds, asker)
      case 'asn':
        return this.#ofAsn(subject.text, seconds)
    }
  }

  /** Whose range a range lies in at a time, not counting the range itself. `asker`: as in `of`. */
  above({ kind, text }: Range, seconds: number, asker: string): Attribution | undefined {
    switch (kind) {
      case 'network': {
        const network = readNetwork(text)
        return network && this.#ofAddress(network.words, seconds, asker, network.bits - 1)
      }
      case 'domain':
        return this.#ofName(text, seconds, 1)
      case 'url':
        return this.#ofUrl(text, seconds, asker, 1)
      case 'asn':
        return undefined
    }
  }

  #ofAddress(
    words: IpWords,
    seconds: number,
    asker?: string,
    longest = 128,
  ): Attribution | undefined {
    const isInner = inner.some((network) => isWithin(words, network))
    if (isInner && asker === undefined) return undefined
    const key = this.#key
    this.#words.set(words)
    let owner = nobody
    let length = 0
    this.#lengths.longestFirst(this.#words, (bits) => {
      if (bits > longest) return false
      key.putAddress(this.#words, bits)
      key.seal('address')
      if (isInner && asker !== undefined) this.#bind(asker)
      owner = this.#table.at(key.lo, key.hi, seconds)
      length = bits
      return owner !== nobody
    })
    if (owner === nobody) return undefined
    const text = networkText({ words: masked(words, length), bits: length })
    return this.#told(owner, 'network', text)
  }

  /** `below`: what must come before the name that is found. */
  #ofName(name: string, seconds: number, below = 0): Attribution | undefined {
    const key = this.#key
    if (!key.putName(name, 0, name.length)) return undefined
    let owner = nobody
    let start = 0
    key.sealNames(0, (from) => {
      const found = this.#table.at(key.lo, key.hi, seconds)
      if (found === nobody || from < below) return
      owner = found
      start = from
    })
    return owner === nobody ? undefined : this.#told(owner, 'domain', name.slice(start))
  }

  #ofUrl(url: string, seconds: number, asker?: string, beyond = 0): Attribution | undefined {
    const key = this.#key
    if (!key.putUrl(url)) return undefined
    let owner = nobody
    let end = 0
    key.sealBeginnings(pathStart(key.bytes), (length) => {
      const found = this.#table.at(key.lo, key.hi, seconds)
      if (found === nobody || length + beyond > key.length) return
      owner = found
      end = length
    })
    if (owner !== nobody) return this.#told(owner, 'url', url.slice(0, end))
    const host = readSubject(URL.parse(url)?.hostname ?? '')
    return host && host.kind !== 'url' ? this.of(host, seconds, asker) : undefined
  }

  #ofAsn(text: string, seconds: number): Attribution | undefined {
    this.#key.putName(text, 0, text.length)
    this.#key.seal('hash')
    const owner = this.#table.at(this.#key.lo, this.#key.hi, seconds)
    return owner === nobody ? undefined : this.#told(owner, 'asn', text)
  }

  /** Makes the fingerprint stand for the network of one organisation. */
  #bind(organisation: string): void {
    const key = this.#key
    for (let i = 0; i < organisation.length; i++) {
      key.bytes[key.length++] = organisation.charCodeAt(i) & 255
    }
    key.seal('address')
  }

  /** Seals the key of a claim; answers its network, true for what has none, false for what is no range. */
  #seal(claim: Claim): Network | boolean {
    const { text } = claim
    const key = this.#key
    switch (claim.kind) {
      case 'network':
        return this.#sealNetwork(claim)
      case 'domain':
        if (!key.putName(text, 0, text.length)) return false
        key.sealName(0)
        return true
      case 'url':
        if (!key.putUrl(text)) return false
        key.seal('below')
        return true
      case 'asn':
        if (!key.putName(text, 0, text.length)) return false
        key.seal('hash')
        return true
    }
  }

  #sealNetwork({ text, organisation_id }: Claim): Network | false {
    const network = readNetwork(text)
    if (!network || network.bits === 0) return false
    this.#words.set(network.words)
    this.#key.putAddress(this.#words, network.bits)
    this.#key.seal('address')
    if (isInnerNetwork(network)) this.#bind(organisation_id)
    return network
  }

  #numberOf({ system_id, organisation_id, confirmed = false }: Claim): number {
    // A system may pass to another organisation: its older claims stay with the one before.
    const name = `${system_id} ${organisation_id} ${confirmed}`
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.#owners.length)
    return this.#owners.push({ system_id, organisation_id, confirmed }) - 1
  }

  #told(owner: number, kind: Range['kind'], text: string): Attribution | undefined {
    const found = this.#owners[owner]
    return found && { ...found, kind, text }
  }
}

/** Whether a range is of addresses that many use inside, so that two organisations may both have it. */
export function isInnerRange({ kind, text }: Range): boolean {
  const network = kind === 'network' ? readNetwork(text) : undefined
  return network !== undefined && isInnerNetwork(network)
}

function isInnerNetwork(network: Network): boolean {
  return inner.some(
    ({ bits, words }) => network.bits >= bits && isWithin(network.words, { words, bits }),
  )
}
