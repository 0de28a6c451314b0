import { systemClock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import { silentLog } from '@haidang/runtime/silent-log'
import type { SpoolPosition, SpoolRange } from '@haidang/runtime/spool/spool'
import type { Examined } from '@haidang/station/detect/examine-chunk'
import { type RangeWatch, RangeWatches } from '@haidang/station/detect/range-watch'
import { HourStore } from '@haidang/station/expect/hour-store'
import { Keeper } from '@haidang/station/keep/keep-range'
import { LineStore } from '@haidang/station/keep/line-store'
import { MemoryStore } from '@haidang/station/keep/memory-store'
import { Perseverance } from '@haidang/station/persevere'
import { runPipeline } from '@haidang/station/pipeline'

/** What every life of the line below lives with: its clock, its log, the name of its node. */
export const lifeParts = { clock: systemClock, log: silentLog, nodeId: 'nod' }

/** One life of a line, from its checkpoint until it is killed. */
export interface Life {
  /** With nothing remembered yet. */
  readonly watch: RangeWatch
  /** How many ranges there are. */
  readonly ranges: number
  readonly examinedOf: (range: number) => Examined
  /** Range after whose transaction the process dies; before it, with `early`. */
  readonly until: number
  readonly early?: boolean
  /** How often keeping alerts fails first. */
  readonly failures?: number
}

const lines = new LineStore()

/** Alerts of the transactions that took effect in a life, as words: id, rule, severity. */
export async function live(database: Database, life: Life): Promise<string[]> {
  const { ranges, examinedOf, watch } = life
  const watches = new RangeWatches([watch], new MemoryStore())
  await watches.resume(database)
  const raised: string[] = []
  let failures = life.failures ?? 0
  const stop = new AbortController()
  const keeper = new Keeper({
    ...lifeParts,
    database,
    lines,
    watches,
    hours: new HourStore(),
    rejects: { add: async () => undefined } as never,
    blobs: {} as never,
    book: { get: () => undefined } as never,
    organisationId: 'org',
    ports: {
      onAlerts: async (_tx, alerts) => {
        if (failures-- > 0) throw new Error('the database is away')
        raised.push(...alerts.map(({ head }) => `${head.id} ${head.rule.id} ${head.severity}`))
      },
    },
  })
  await runPipeline(
    {
      resume: async () =>
        (await database.transact(systemScope, (tx) => lines.checkpoint(tx)))?.position,
      cut: async (from: SpoolPosition | undefined) => {
        const number = (from?.offset ?? 0) / 10
        return number < ranges ? rangeAt(number) : undefined
      },
      examine: async (range) => examinedOf(range.from.offset / 10),
      insert: async () => undefined,
      keep: async (range, examined) => {
        const number = range.from.offset / 10
        if (number === life.until && life.early) {
          await watches.watch(range, examined)
          stop.abort()
          throw new Error('killed before the transaction')
        }
        await keeper.keep(range, examined)
        if (number === life.until) stop.abort()
      },
      release: async () => undefined,
      persevere: (step, work) => new Perseverance(silentLog, stop.signal).run(step, work),
    },
    stop.signal,
  )
  return raised
}

/** As if the line had never run. */
export async function unlive(database: Database): Promise<void> {
  await database.transact(systemScope, async (tx) => {
    await tx.execute('delete from detection_snapshot')
    await tx.execute('delete from detection_range')
    await tx.execute('delete from line_checkpoint')
  })
}

function rangeAt(number: number): SpoolRange {
  const at = (offset: number) => ({ segment: 1, offset })
  return { from: at(number * 10), to: at(number * 10 + 10), token: `t${number}`, records: [] }
}
