import type {
  Entrance,
  PastedRecords,
  PastedSurvey,
  SampleQuery,
  SourceSamples,
} from '@haidang/contracts/source-samples'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { Arrival, Arrivals } from '../collect/arrivals.ts'
import type { ListenAt, OpenPorts } from '../collect/collectors.ts'
import { printOrigin } from '../collect/origin.ts'
import type { Refusals } from '../collect/refusals.ts'
import type { SourceBook } from '../collect/source-book.ts'
import type { SourceStore } from '../keep/source-store.ts'
import type { SourceRow } from '../keep/station-tables.ts'
import type { LineContext, LineSource } from '../line.ts'
import { toEvent } from '../normalise/to-event.ts'
import { decodeText } from '../parse/text.ts'
import { RecordSurveyor } from '../survey/record-surveyor.ts'
import { repeatedRecords } from '../survey/repeated-records.ts'
import { entranceOf, portOf } from './entrance.ts'
import { surveyPasted } from './pasted-survey.ts'
import { checksOf } from './source-checks.ts'
import type { SourceView } from './source-view.ts'

export interface SampleServiceParts {
  readonly database: Database
  readonly store: SourceStore
  readonly view: SourceView
  readonly book: SourceBook
  readonly arrivals: Arrivals
  readonly refusals: Refusals
  readonly listen: ListenAt
  readonly clock: Clock
  readonly line: {
    readonly ports: OpenPorts | undefined
    readonly problem: (source: SourceRow) => string | undefined
  }
  readonly node: { readonly id: string; readonly simulated: boolean }
}

const mostShown = 5
const longestShown = 2048
/** Two ways of one record are seldom further apart. */
const repeatWindow = 300_000

/** What lately came from a source and how it reads, for who sets it up; it changes nothing. */
export class SampleService {
  readonly #parts: SampleServiceParts

  constructor(parts: SampleServiceParts) {
    this.#parts = parts
  }

  /** Where senders reach this station. */
  entrance(): Entrance {
    const { listen, line } = this.#parts
    return entranceOf(listen, line.ports)
  }

  /** What pasted records would become. Throws Problem request.invalid. */
  pasted(records: PastedRecords): PastedSurvey {
    return surveyPasted(records, this.#parts.clock.now())
  }

  /** Reads the latest records as the source does, or as `query` says. Throws Problem source.not-found. */
  async samples(caller: Caller, id: string, query: SampleQuery): Promise<SourceSamples> {
    const { database, store, view, arrivals } = this.#parts
    const { row, source, rows } = await database.transact(caller.scope, async (tx) => {
      const row = await store.find(tx, id)
      const [source] = row ? await view.of(tx, [row]) : []
      if (!row || !source) throw new Problem('source.not-found', id)
      return { row, source, rows: await store.all(tx) }
    })
    const maySee = ({ tlp }: SourceRow) => tlpRank(tlp) <= caller.scope.clearance
    const others = rows.filter((each) => each.id !== id && each.removed_at === null && maySee(each))
    const isWithheld = !maySee(row)
    const latest = isWithheld ? [] : arrivals.of(id)
    const senders = isWithheld ? [] : arrivals.senders(id)
    return {
      source,
      is_withheld: isWithheld,
      records: latest
        .slice(-mostShown)
        .toReversed()
        .map((arrival) => shown(arrival, row)),
      senders: senders.toReversed().map(({ sender, records, lastAt }) => {
        return { sender, records, last_at: isoOf(lastAt) }
      }),
      survey: this.#survey(row, latest, query),
      repeats: this.#repeats(latest, others),
      checks: latest.length > 0 || isWithheld ? [] : this.#checks(row, others),
    }
  }

  #survey(row: SourceRow, latest: readonly Arrival[], query: SampleQuery) {
    const { node } = this.#parts
    const { id, name, collector, logsource, tlp, reading } = row
    const { format = row.format, zone = row.zone } = query
    const source: LineSource = { id, name, collector, logsource, tlp, format, zone, reading }
    const context: LineContext = {
      organisation_id: row.organisation_id,
      node_id: node.id,
      simulated: node.simulated,
      sources: new Map([[id, source]]),
    }
    const surveyor = new RecordSurveyor(context, source)
    for (const [offset, arrival] of latest.entries()) {
      const { sender, cutFrom, at, bytes } = arrival
      const record = {
        position: { segment: 0, offset },
        origin: printOrigin({ sourceId: id, sender, ...(cutFrom !== undefined && { cutFrom }) }),
        key: undefined,
        receivedAt: at,
        body: bytes,
      }
      surveyor.add(record, toEvent(record, context))
    }
    return surveyor.result()
  }

  #repeats(latest: readonly Arrival[], others: readonly SourceRow[]): SourceSamples['repeats'] {
    const first = latest[0]
    if (!first) return []
    const from = first.at - repeatWindow
    return others.flatMap(({ id, name }) => {
      const near = this.#parts.arrivals.of(id).filter(({ at }) => at >= from)
      const records = repeatedRecords(latest.map(bytesOf), near.map(bytesOf))
      return records === 0 ? [] : [{ source_id: id, source_name: name, records }]
    })
  }

  #checks(row: SourceRow, others: readonly SourceRow[]): SourceSamples['checks'] {
    const { listen, line } = this.#parts
    return checksOf(row, others, {
      ...this.#parts,
      isLoopback: this.entrance().is_loopback,
      port: portOf(row.collector, listen, line.ports),
      problem: row.paused ? undefined : line.problem(row),
    })
  }
}

function bytesOf({ bytes }: Arrival): Uint8Array {
  return bytes
}

function shown(
  { sender, at, bytes, cutFrom }: Arrival,
  { reading }: SourceRow,
): SourceSamples['records'][number] {
  const { text } = decodeText(bytes.subarray(0, longestShown), reading.encoding)
  return {
    sender,
    received_time: isoOf(at),
    size: cutFrom ?? bytes.length,
    text: text.replace(/(?!\n|\t)\p{Cc}/gu, '�'),
  }
}
