import { statfs } from 'node:fs/promises'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { RuleSetSummary } from '@haidang/contracts/rule'
import type { RuleSetReport } from '@haidang/contracts/rule-set'
import type { Source } from '@haidang/contracts/source'
import type { Heartbeat } from '@haidang/contracts/station'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { SourceBook } from '../collect/source-book.ts'
import type { SourceView } from '../manage/source-view.ts'

export interface HeartbeatFacts {
  readonly database: Database
  readonly clock: Clock
  readonly software: string
  readonly dataDirectory: string
  readonly startedAt: string
  readonly book: SourceBook
  readonly line: {
    readonly queue: { readonly records: number; readonly bytes: number }
    readonly ruleCosts: Heartbeat['rule_costs']
  }
  readonly view: SourceView
  readonly ruleSet: () => RuleSetSummary
  /** The set the parent gave, as it is in force. */
  readonly libraryRules: () => RuleSetReport | null
  readonly linkWaiting: () => number
}

const mostSources = 1000

/** What the station says of itself every 30 seconds (link.md 2, stream `health`). */
export async function heartbeatOf(
  facts: HeartbeatFacts,
): Promise<Omit<Heartbeat, 'clock_offset_ms'>> {
  const { database, clock, book, view, line } = facts
  const rows = book.inUse().slice(0, mostSources)
  const sources = await database.transact(systemScope, (tx) => view.of(tx, rows))
  const rules = facts.ruleSet()
  return {
    sent_at: clock.iso(),
    software: facts.software,
    started_at: facts.startedAt,
    sources: sources.map((source) => sourceLine(source, clock.now())),
    queue: {
      spool_records: line.queue.records,
      spool_bytes: line.queue.bytes,
      link_records: facts.linkWaiting(),
    },
    disk: await diskOf(facts.dataDirectory),
    rule_set: { version: rules.version, rules: rules.active, errors: rules.errors },
    library_rules: facts.libraryRules(),
    rule_costs: line.ruleCosts,
    indicator_set: { version: rules.indicator_version, indicators: rules.indicators },
  }
}

function sourceLine(source: Source, now: number): Heartbeat['sources'][number] {
  const { id, name, state, rate, counters, backlog, last_record_at, since, cause, missed } = source
  const last = last_record_at === null ? now : millisecondsOf(last_record_at)
  return {
    id,
    name,
    state,
    rate,
    lag_seconds: Math.max(0, Math.round((now - last) / 1000)),
    counters,
    backlog,
    ...(state !== 'active' && { since, cause, missed }),
  }
}

async function diskOf(directory: string): Promise<Heartbeat['disk']> {
  const { bavail, blocks, bsize } = await statfs(directory)
  return { free_bytes: bavail * bsize, total_bytes: blocks * bsize }
}
