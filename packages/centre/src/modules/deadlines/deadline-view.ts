import type { DeadlineEntry, RunningDeadline } from '@haidang/contracts/deadline'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { tlpOf } from '@haidang/contracts/tlp'
import { CalendarUnknown, type WorkingTime } from '@haidang/contracts/working-time'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { entryColumns, journal } from '@haidang/runtime/journal-tables'
import { eq } from 'drizzle-orm'
import type { Names } from '../../names.ts'
import { isOpen } from './deadline.ts'
import type { DeadlineRow } from './deadline-tables.ts'

const historyFields = {
  time: { column: journal.time, kind: 'time' },
  kind: { column: journal.type, kind: 'word' },
  seq: { column: journal.seq, kind: 'number' },
} as const

/** Deadlines as screens show them. */
export class DeadlineView {
  readonly #names: Names

  constructor(names: Names) {
    this.#names = names
  }

  async deadlines(
    tx: Tx,
    rows: readonly DeadlineRow[],
    now: number,
    working: WorkingTime,
  ): Promise<RunningDeadline[]> {
    const owners = [...new Set(rows.map(({ organisation_id }) => organisation_id))]
    const organisations = await this.#names.sources(tx, owners)
    const assignees = rows.map(({ assignee_id }) => assignee_id).filter((id) => id !== null)
    const people = await this.#names.people(tx, [...new Set(assignees)])
    return rows.map((row) => {
      const { watcher_id: _w, key: _k, round: _r, tlp_rank, assignee_id, ...rest } = row
      return {
        ...rest,
        tlp: tlpOf(tlp_rank),
        organisation_name: organisations.get(row.organisation_id) ?? '',
        // Who is told of something of another is not told who works on it.
        assignee_id: assignee_id !== null && people.has(assignee_id) ? assignee_id : null,
        assignee_name: people.get(assignee_id ?? '') ?? null,
        working_minutes_left: minutesLeft(row, now, working),
      }
    })
  }

  /** What the journal says of a deadline, oldest first. */
  async history(tx: Tx, id: string, query: PageQuery): Promise<Page<DeadlineEntry>> {
    const only = eq(journal.subject, id)
    const page = keyset({ query, fields: historyFields, sorts: ['seq'], id: journal.id, only })
    const { items, next } = await page.read(tx.select(entryColumns).from(journal))
    return {
      items: items.map((entry) => ({
        id: entry.id,
        time: entry.time,
        kind: entry.type,
        actor_name: entry.actor_name,
        reason: entry.reason,
        before_due_at: dueOf(entry.before),
        after_due_at: dueOf(entry.after),
      })),
      next,
    }
  }
}

function minutesLeft(row: DeadlineRow, now: number, working: WorkingTime): number | null {
  if (row.due_at === null || !isOpen(row)) return null
  try {
    return Math.floor(working.between(now, millisecondsOf(row.due_at)) / 60_000)
  } catch (error) {
    if (error instanceof CalendarUnknown) return null
    throw error
  }
}

function dueOf(state: unknown): string | null {
  const due = (state as { due_at?: unknown } | null)?.due_at
  return typeof due === 'string' ? due : null
}
