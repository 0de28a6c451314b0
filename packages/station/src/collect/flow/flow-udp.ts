import type { RemoteInfo } from 'node:dgram'
import { join } from 'node:path'
import type { CollectorKind } from '@haidang/contracts/source'
import type { Clock } from '@haidang/runtime/clock'
import type { Log } from '@haidang/runtime/log'
import type { Metrics } from '@haidang/runtime/metrics'
import type { SourceRow } from '../../keep/station-tables.ts'
import type { Collector } from '../collector.ts'
import type { Intake } from '../intake.ts'
import type { SourceBook } from '../source-book.ts'
import { type DatagramReader, UdpListener } from '../udp-listener.ts'
import { ExporterDomains } from './exporter-domains.ts'
import { ExporterJournal, type Note } from './exporter-journal.ts'
import { FlowReader } from './flow-reader.ts'
import { HeldSets } from './held-sets.ts'
import { SeriesBook } from './series-book.ts'
import { TemplateReader } from './template-reader.ts'

export type FlowKind = Extract<CollectorKind, 'netflow' | 'ipfix' | 'sflow'>

export interface FlowUdpParts {
  readonly kind: FlowKind
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly intake: Intake
  readonly book: SourceBook
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly dataDirectory: string
}

const upkeepEvery = 1000
/** Upkeep turns between two looks for templates that are too old. */
const forgetEvery = 60
const names: Record<FlowKind, string> = { netflow: 'NetFlow', ipfix: 'IPFIX', sflow: 'sFlow' }

/**
 * Takes flows from exporters. Nothing is acknowledged: what was lost is counted by the gaps in the numbers
 * exporters give. What they announce outlives a restart, so that it costs no flows.
 */
export class FlowUdp implements Collector, DatagramReader {
  readonly #parts: FlowUdpParts
  readonly #listener: UdpListener
  readonly #journal: ExporterJournal
  readonly #domains: ExporterDomains
  readonly #held = new HeldSets()
  readonly #series = new SeriesBook()
  readonly #templates: TemplateReader
  readonly #reader: FlowReader
  #notes: Note[] = []
  readonly #heldNoted = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  #turns = 0
  readonly countsGaps = true

  constructor(parts: FlowUdpParts) {
    const { kind, dataDirectory, log, clock, metrics } = parts
    this.#parts = parts
    this.#listener = new UdpListener({ ...parts, name: names[kind], reader: this })
    this.#journal = new ExporterJournal(join(dataDirectory, 'exporters', `${kind}.jsonl`), log)
    this.#domains = new ExporterDomains((note) => this.#notes.push(note))
    this.#templates = new TemplateReader(this.#domains, this.#held)
    const samples = metrics.counter(
      'flow_samples_ignored_total',
      'samples of sFlow that are no packets, by kind',
      ['kind'],
    )
    this.#reader = new FlowReader({
      templates: this.#templates,
      series: this.#series,
      clock,
      ignored: (what, count) => samples.add(count, { kind: what }),
    })
  }

  /** The port it listens on; undefined while it does not. */
  get port(): number | undefined {
    return this.#listener.port
  }

  async start(): Promise<void> {
    this.#restore()
    await this.#listener.start()
    clearInterval(this.#timer)
    this.#timer = setInterval(() => this.#keepUp(), upkeepEvery)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    if (this.port === undefined) {
      this.#journal.close()
      return
    }
    for (const { source, sender, record } of this.#templates.giveUp())
      this.#listener.offer(source, sender, [record])
    await this.#listener.stop()
    this.#drop(this.#series.settle({ all: true }))
    this.#journal.rewrite(this.#allNotes())
    this.#journal.close()
  }

  problem(): string | undefined {
    return this.#listener.problem()
  }

  read(bytes: Buffer, from: RemoteInfo, source: SourceRow): readonly Uint8Array[] {
    return this.#reader.read(bytes, from, source)
  }

  /** Series move in the journal when their records are durable, so that what a kill loses in between counts as lost. */
  flushing(): () => void {
    if (this.#journal.isLong) {
      const everything = [...this.#allNotes()]
      this.#takeNotes()
      return () => this.#journal.rewrite(everything)
    }
    const notes = this.#takeNotes()
    return () => this.#journal.append(notes)
  }

  #keepUp(): void {
    const now = this.#parts.clock.now()
    for (const { source, sender, record } of this.#templates.giveUp(now))
      this.#listener.offer(source, sender, [record])
    this.#drop(this.#series.settle())
    if (++this.#turns % forgetEvery === 0) this.#domains.forgetOld(now)
    // Messages without flows, and what was found missing, wait for no records.
    if (this.#listener.isIdle) this.flushing()()
  }

  #drop(lost: ReadonlyMap<string, number>): void {
    for (const [sourceId, records] of lost) this.#parts.intake.drop(sourceId, records)
  }

  #restore(): void {
    const held = new Map<string, number>()
    for (const note of this.#journal.read()) {
      if (note[0] === 'held') held.set(note[1], note[2])
      else this.#recall(note)
    }
    this.#drop(held)
    this.#notes = []
    this.#journal.rewrite(this.#allNotes())
  }

  #recall(note: Exclude<Note, ['held', ...unknown[]]>): void {
    const [kind, name, at] = note
    switch (kind) {
      case 'template':
        this.#domains.announce(name, note[3], at)
        return
      case 'sampler':
        this.#domains.sample(name, note[3], note[4], at)
        return
      case 'boot':
        this.#domains.boot(name, note[3], at)
        return
      case 'series':
        this.#series.restore(name, at, note[3])
    }
  }

  #takeNotes(): Note[] {
    const notes = [...this.#notes, ...this.#series.takeChanges(), ...this.#heldChanges()]
    this.#notes = []
    return notes
  }

  /** Sets that wait are lost at a kill; how many is known afterwards. */
  #heldChanges(): Note[] {
    const notes = [...this.#held.counts]
      .filter(([id, count]) => count !== (this.#heldNoted.get(id) ?? 0))
      .map(([id, count]): Note => ['held', id, count])
    for (const [, id, count] of notes) this.#heldNoted.set(String(id), Number(count))
    return notes
  }

  #allNotes(): Note[] {
    const held = [...this.#held.counts].map(([id, count]): Note => ['held', id, count])
    return [...this.#domains.notes(), ...this.#series.notes(), ...held]
  }
}
