import type { Observable } from '@haidang/contracts/event'
import { isIpv4, readIpInto } from '../ip-address.ts'
import { asciiHost } from './ascii-name.ts'
import { type FileReader, noFiles } from './indicator-details.ts'
import { IndicatorKey, type KeyKind, keyKinds } from './indicator-key.ts'
import type { IndicatorStatement, IndicatorTables } from './indicator-layer.ts'
import { type IndicatorKind, readIndicator, textOf } from './indicator-text.ts'
import { StatementLookup } from './statement-lookup.ts'
import { authorityEnd, hostEnd, hostStart, pathStart } from './url-key.ts'

/** A known indicator, as found. */
export interface KnownIndicator {
  readonly kind: IndicatorKind
  /** In the one form in which it is named. */
  readonly text: string
  /** What its sources say, the surest first. */
  readonly statements: readonly IndicatorStatement[]
}

/** What a value is: the types of observables, and the fingerprints that are none. */
export type ValueType = Observable['type'] | 'fingerprint'

const longestForeign = 1_024

/**
 * Looks values up among the indicators of a node. A value of which nothing is known costs a few reads of
 * shared memory and no allocation.
 */
export class IndicatorSet {
  readonly #readFile: FileReader
  readonly #words = new Uint32Array(4)
  /** Places in the key where a known name begins or a known beginning of a URL ends. */
  readonly #places: number[] = []
  readonly #note: (place: number) => void
  #tables: IndicatorTables
  #lookup: StatementLookup
  #key: IndicatorKey
  #bits: readonly number[] = []
  #present: readonly boolean[] = []

  /** `readFile` reads details that are not in memory. */
  constructor(tables: IndicatorTables, readFile: FileReader = noFiles) {
    this.#readFile = readFile
    this.#tables = tables
    this.#lookup = new StatementLookup(tables, readFile)
    this.#key = new IndicatorKey(tables.seed)
    this.#note = (place) => {
      if (this.#lookup.mayKnow(this.#key)) this.#places.push(place)
    }
    this.install(tables)
  }

  /** Puts other tables in the place of those in force. */
  install(tables: IndicatorTables): void {
    const { layers } = tables
    this.#tables = tables
    this.#lookup = new StatementLookup(tables, this.#readFile)
    this.#key = new IndicatorKey(tables.seed)
    this.#bits = [...new Set(layers.flatMap(({ bits }) => bits))].sort((a, b) => b - a)
    this.#present = Object.values(keyKinds).map((kind) =>
      layers.some(({ present }) => present[kind]),
    )
  }

  get version(): string {
    return this.#tables.version
  }

  get count(): number {
    return this.#tables.count
  }

  /**
   * The most specific indicator known, at the time of the event, for a value: of addresses the smallest range,
   * of names the longest, of URLs the URL itself, then what begins it, then its host; of an e-mail address its
   * domain if it is not known itself.
   */
  lookUp(type: ValueType, value: string, time: string): KnownIndicator | undefined {
    switch (type) {
      case 'ip':
        return this.#address(value, 0, value.length, time)
      case 'domain':
      case 'hostname':
        return this.#name(value, 0, value.length, time)
      case 'url':
        return this.#url(value, time)
      case 'email':
        return this.#email(value, time)
      case 'md5':
      case 'sha1':
      case 'sha256':
      case 'fingerprint':
        return this.#hash(value, time)
      default:
        return undefined
    }
  }

  #address(text: string, from: number, to: number, time: string): KnownIndicator | undefined {
    if (!this.#has('address') || !readIpInto(this.#words, text, from, to)) return undefined
    const ipv4 = isIpv4(this.#words)
    for (const bits of this.#bits) {
      if (bits < 96 && ipv4) return undefined
      this.#key.putAddress(this.#words, bits)
      this.#key.seal('address')
      const known = this.#confirmAll('address', time)
      if (known !== undefined) return known
    }
    return undefined
  }

  /** The name itself, then each domain it lies in. */
  #name(text: string, from: number, to: number, time: string): KnownIndicator | undefined {
    if (!this.#has('domain') || !this.#putName(text, from, to)) return undefined
    this.#places.length = 0
    this.#key.sealNames(0, this.#note)
    for (let place = this.#places.pop(); place !== undefined; place = this.#places.pop()) {
      this.#key.sealName(place)
      const known = this.#confirm('domain', place, this.#key.length, time)
      if (known !== undefined) return known
    }
    return undefined
  }

  #putName(text: string, from: number, to: number): boolean {
    if (this.#key.putName(text, from, to)) return true
    if (to - from > longestForeign) return false
    const ascii = asciiHost(text.slice(from, to).toLowerCase())
    return ascii !== undefined && this.#key.putName(ascii, 0, ascii.length)
  }

  #url(url: string, time: string): KnownIndicator | undefined {
    const scheme = url.indexOf('://')
    if (scheme < 0) return undefined
    const known = this.#urlItself(url, time)
    if (known !== undefined) return known
    const end = authorityEnd(url, scheme + 3)
    const from = hostStart(url, scheme + 3, end)
    const to = hostEnd(url, from, end)
    if (url.charCodeAt(from) === bracket) return this.#address(url, from + 1, to - 1, time)
    return this.#address(url, from, to, time) ?? this.#name(url, from, to, time)
  }

  /** The URL itself, then what begins it. */
  #urlItself(url: string, time: string): KnownIndicator | undefined {
    if (!(this.#has('url') || this.#has('below')) || !this.#key.putUrl(url)) return undefined
    this.#key.seal('url')
    const known = this.#confirmAll('url', time)
    if (known !== undefined || !this.#has('below')) return known
    this.#places.length = 0
    this.#key.sealBeginnings(pathStart(this.#key.bytes), this.#note)
    for (let place = this.#places.pop(); place !== undefined; place = this.#places.pop()) {
      this.#key.sealFirst(place, 'below')
      const begun = this.#confirm('below', 0, place, time)
      if (begun !== undefined) return begun
    }
    return undefined
  }

  #email(value: string, time: string): KnownIndicator | undefined {
    const at = value.lastIndexOf('@')
    if (at < 1) return undefined
    if (this.#has('email') && this.#putEmail(value, at)) {
      this.#key.seal('email')
      const known = this.#confirmAll('email', time)
      if (known !== undefined) return known
    }
    return this.#name(value, at + 1, value.length, time)
  }

  #putEmail(value: string, at: number): boolean {
    if (this.#key.putName(value, 0, value.length)) return true
    if (value.length > longestForeign) return false
    const host = asciiHost(value.slice(at + 1).toLowerCase())
    if (host === undefined) return false
    const ascii = value.slice(0, at + 1) + host
    return this.#key.putName(ascii, 0, ascii.length)
  }

  #hash(value: string, time: string): KnownIndicator | undefined {
    if (!this.#has('hash') || !this.#key.putHash(value)) return undefined
    this.#key.seal('hash')
    return this.#confirmAll('hash', time)
  }

  #has(kind: KeyKind): boolean {
    return this.#present[keyKinds[kind]] === true
  }

  #confirmAll(kind: KeyKind, time: string): KnownIndicator | undefined {
    if (!this.#lookup.mayKnow(this.#key)) return undefined
    return this.#confirm(kind, 0, this.#key.length, time)
  }

  #confirm(kind: KeyKind, from: number, to: number, time: string): KnownIndicator | undefined {
    const statements = this.#lookup.statements(this.#key, { kind, from, to }, time)
    const indicator = readIndicator(statements[0]?.written ?? '')
    if (indicator === undefined) return undefined
    return { kind: indicator.kind, text: textOf(indicator), statements }
  }
}

const bracket = 91
