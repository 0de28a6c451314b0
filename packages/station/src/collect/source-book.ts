import type { RecordFormat } from '@haidang/contracts/record-format'
import type { CollectorKind } from '@haidang/contracts/source'
import type { RefusalReason } from '@haidang/contracts/source-samples'
import { isWithin, type Network, readIp, readNetwork } from '@haidang/detection/ip-address'
import type { SourceRow } from '../keep/station-tables.ts'
import type { LineSource } from '../line.ts'
import type { Refusals } from './refusals.ts'
import { hashOfToken } from './source-token.ts'

interface Sender {
  readonly network: Network
  readonly source: SourceRow
}

/** What a sender list writes before a name that a peer must prove, by client certificate or as a user. */
const namePrefix = 'name:'
const anyone: Network = { words: [0, 0, 0, 0], bits: 0 }
const mostRemembered = 10_000

/** The sources in memory, as collectors and line ask for them; put in step after every change. */
export class SourceBook {
  readonly #refusals: Refusals
  #byId: ReadonlyMap<string, SourceRow> = new Map()
  #line: ReadonlyMap<string, LineSource> = new Map()
  #senders: ReadonlyMap<CollectorKind, readonly Sender[]> = new Map()
  #tokens: ReadonlyMap<string, SourceRow> = new Map()
  #named: ReadonlyMap<string, SourceRow> = new Map()
  readonly #routes = new Map<string, SourceRow | undefined>()

  constructor(refusals: Refusals) {
    this.#refusals = refusals
  }

  /** Takes in all sources, removed ones too: the line still reads their waiting records. */
  load(rows: readonly SourceRow[]): void {
    this.#byId = new Map(rows.map((row) => [row.id, row]))
    this.#line = new Map(rows.map((row) => [row.id, lineSource(row)]))
    const senders = new Map<CollectorKind, Sender[]>()
    const named = new Map<string, SourceRow>()
    for (const row of rows) {
      if (row.removed_at !== null) continue
      for (const name of row.senders.flatMap(nameOf)) named.set(`${row.collector} ${name}`, row)
      const listed = senders.get(row.collector) ?? []
      senders.set(row.collector, [...listed, ...sendersOf(row)])
    }
    // Longest network first; of two the same the newer source, so that one's own beats the default.
    for (const listed of senders.values()) {
      listed.sort(
        (a, b) =>
          b.network.bits - a.network.bits || (a.source.created_at < b.source.created_at ? 1 : -1),
      )
    }
    this.#senders = senders
    // Hashes of random tokens are compared, not the tokens: how long it takes says nothing of them.
    this.#tokens = new Map(
      this.inUse().flatMap((row) => (row.token_hash === null ? [] : [[row.token_hash, row]])),
    )
    this.#named = named
    this.#routes.clear()
  }

  /** What the line knows of sources, by id. */
  get line(): ReadonlyMap<string, LineSource> {
    return this.#line
  }

  /** The same, all records read as `format` where one is given. */
  lineAs(format: RecordFormat | undefined): ReadonlyMap<string, LineSource> {
    if (format === undefined) return this.#line
    return new Map([...this.#line].map(([id, source]) => [id, { ...source, format }]))
  }

  /** Any source, removed or not. */
  get(id: string): SourceRow | undefined {
    return this.#byId.get(id)
  }

  inUse(): SourceRow[] {
    return [...this.#byId.values()].filter(({ removed_at }) => removed_at === null)
  }

  /** A source in use by its name or id. */
  named(text: string): SourceRow | undefined {
    return this.inUse().find(({ id, name }) => id === text || name === text)
  }

  /** The source in use of this kind that has this token. */
  withToken(collector: CollectorKind, token: string): SourceRow | undefined {
    const source = this.#tokens.get(hashOfToken(token))
    return source?.collector === collector ? source : undefined
  }

  /** Whether an address, or a name it proved, is among the senders of a source; an empty list names everybody. */
  lists(source: SourceRow, address: string, names: readonly string[] = []): boolean {
    if (source.senders.length === 0) return true
    const wanted = source.senders.flatMap(nameOf)
    if (names.some((name) => wanted.includes(name.toLowerCase()))) return true
    const ip = readIp(address.replace(/%.*$/, ''))
    return ip !== undefined && sendersOf(source).some(({ network }) => isWithin(ip, network))
  }

  /**
   * The source a sender's records belong to: that of a name it proved, else the longest network that holds
   * its address.
   */
  route(
    collector: CollectorKind,
    address: string,
    names: readonly string[] = [],
  ): SourceRow | undefined {
    for (const name of names) {
      const source = this.#named.get(`${collector} ${name.toLowerCase()}`)
      if (source) return source
    }
    const source = this.#byAddress(collector, address)
    if (!source && address !== '') this.refused(collector, address, 'no-source')
    return source
  }

  /** Somebody was turned away: remembered for who sets a source up. */
  refused(collector: CollectorKind, address: string, reason: RefusalReason, detail = ''): void {
    this.#refusals.note(collector, address, reason, detail)
  }

  #byAddress(collector: CollectorKind, address: string): SourceRow | undefined {
    const name = `${collector} ${address}`
    if (this.#routes.has(name)) return this.#routes.get(name)
    const found = this.#find(collector, address)
    if (this.#routes.size >= mostRemembered) this.#routes.clear()
    this.#routes.set(name, found)
    return found
  }

  #find(collector: CollectorKind, address: string): SourceRow | undefined {
    const ip = readIp(address.replace(/%.*$/, ''))
    const senders = this.#senders.get(collector) ?? []
    return senders.find(({ network }) => network.bits === 0 || (ip && isWithin(ip, network)))
      ?.source
  }
}

function sendersOf(source: SourceRow): Sender[] {
  if (source.senders.length === 0) return [{ network: anyone, source }]
  return source.senders.flatMap((text) => {
    const network = readNetwork(text)
    return network ? [{ network, source }] : []
  })
}

/** Whether a sender list may hold this text: an address, a network, or `name:` and a name. */
export function isSender(text: string): boolean {
  return readNetwork(text) !== undefined || nameOf(text).length > 0
}

function nameOf(sender: string): string[] {
  const name = sender.startsWith(namePrefix) ? sender.slice(namePrefix.length).trim() : ''
  return name === '' ? [] : [name.toLowerCase()]
}

function lineSource(row: SourceRow): LineSource {
  const { id, name, collector, format, zone, reading, logsource, tlp } = row
  return { id, name, collector, format, zone, reading, logsource, tlp }
}
