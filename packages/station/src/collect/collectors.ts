import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { Log } from '@haidang/runtime/log'
import type { FileStore } from '../keep/file-store.ts'
import type { SourceRow } from '../keep/station-tables.ts'
import type { BatchKeys } from './batch-keys.ts'
import type { Intake } from './intake.ts'
import type { SourceBook } from './source-book.ts'
import { SyslogTcp } from './syslog-tcp.ts'
import { SyslogUdp } from './syslog-udp.ts'
import { TailFile } from './tail-file.ts'

export interface ListenAt {
  readonly host: string
  /** 0: any free one. */
  readonly syslogUdp: number
  readonly syslogTcp: number
}

export interface CollectorsParts {
  readonly database: Database
  readonly files: FileStore
  readonly book: SourceBook
  readonly intake: Intake
  readonly keys: BatchKeys
  readonly clock: Clock
  readonly log: Log
  readonly listen: ListenAt
  /** Of this node: no file in it is followed. */
  readonly dataDirectory: string
}

/** All ways in but HTTP: two listeners, and one follower for each source of files. */
export class Collectors {
  readonly #parts: CollectorsParts
  readonly #udp: SyslogUdp
  readonly #tcp: SyslogTcp
  readonly #files = new Map<string, { pattern: string; tail: TailFile }>()
  #adjusting: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(parts: CollectorsParts) {
    this.#parts = parts
    const { host, syslogUdp, syslogTcp } = parts.listen
    this.#udp = new SyslogUdp({ ...parts, host, port: syslogUdp })
    this.#tcp = new SyslogTcp({ ...parts, host, port: syslogTcp })
  }

  /** Ports of the listeners that are open. */
  get ports(): { syslogUdp: number | undefined; syslogTcp: number | undefined } {
    return { syslogUdp: this.#udp.port, syslogTcp: this.#tcp.port }
  }

  async start(): Promise<void> {
    await Promise.all([this.#udp.start(), this.#tcp.start()])
    await this.adjust()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#adjusting
    const tails = [...this.#files.values()].map(({ tail }) => tail.stop())
    await Promise.all([this.#udp.stop(), this.#tcp.stop(), ...tails])
  }

  /** Why a source gets nothing, and what to do; undefined: nothing is wrong. */
  problem({ id, collector }: SourceRow): string | undefined {
    if (collector === 'syslog-udp') return this.#udp.problem()
    if (collector === 'syslog-tcp') return this.#tcp.problem()
    return this.#files.get(id)?.tail.problem(id)
  }

  /** Puts the followers of files in step with the sources. */
  adjust(): Promise<void> {
    const adjusting = this.#adjusting.then(() => this.#adjust())
    this.#adjusting = adjusting.catch(() => undefined)
    return adjusting
  }

  async #adjust(): Promise<void> {
    if (this.#stopped) return
    const wanted = new Map<string, string>()
    for (const { id, collector, path } of this.#parts.book.inUse()) {
      if (collector === 'tail-file' && path !== null) wanted.set(id, path)
    }
    for (const [id, { pattern, tail }] of this.#files) {
      if (wanted.get(id) === pattern) continue
      await tail.stop()
      this.#files.delete(id)
    }
    for (const [id, pattern] of wanted) {
      if (this.#files.has(id)) continue
      const tail = this.#tail(id, pattern)
      this.#files.set(id, { pattern, tail })
      await tail.start()
    }
  }

  #tail(sourceId: string, pattern: string): TailFile {
    const { database, files, keys, clock } = this.#parts
    return new TailFile({
      ...this.#parts,
      sourceId,
      pattern,
      store: {
        positions: () => database.transact(systemScope, (tx) => files.of(tx, sourceId)),
        spooled: (prefix) => keys.startingWith(sourceId, prefix),
        save: (position, before) =>
          database.transact(systemScope, async (tx) => {
            if (before !== undefined) await files.forget(tx, sourceId, before)
            await files.moveTo(tx, sourceId, position, clock.iso())
          }),
      },
    })
  }
}
