import { millisecondsOf } from '@haidang/contracts/instant'
import { labelOf } from '@haidang/contracts/labels'
import { type WorkCount, type WorkItem, WorkKind } from '@haidang/contracts/my-work'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { type SQL, sql } from 'drizzle-orm'
import type { ActService } from '../modules/approvals/act-service.ts'
import type { Names } from '../names.ts'
import { rankedFilter } from '../ranked-filter.ts'
import { work } from './work-rows.ts'
import { sourcesOf } from './work-sources.ts'

interface MyWorkParts {
  readonly database: Database
  readonly clock: Clock
  readonly names: Names
  readonly acts: Pick<ActService, 'all'>
}

const fields = {
  kind: { column: work.kind, kind: 'word' },
  number: { column: work.number, kind: 'word' },
  title: { column: work.title_vi, kind: 'text' },
  text: {
    column: sql`concat_ws(' ', ${work.number}, ${work.title_vi}, ${work.title_en}, ${work.from_name})`,
    kind: 'text',
    whole: true,
  },
  from: { column: work.from_name, kind: 'text' },
  step: { column: work.step, kind: 'word' },
  personal: { column: work.personal, kind: 'boolean' },
  tlp: { column: work.tlp_rank, kind: 'number' },
  simulated: { column: work.simulated, kind: 'boolean' },
  due_at: { column: work.due_at, kind: 'time' },
} as const

/** A derived table is no table to the query builder: it takes columns as SQL only. */
const columns = {
  kind: sql<string>`${work.kind}`,
  id: sql<string>`${work.id}`,
  about_id: sql<string>`${work.about_id}`,
  number: sql<string>`${work.number}`,
  title_vi: sql<string>`${work.title_vi}`,
  title_en: sql<string>`${work.title_en}`,
  from_name: sql<string>`${work.from_name}`,
  step: sql<string>`${work.step}`,
  personal: sql<boolean>`${work.personal}`,
  assignee_id: sql<string | null>`${work.assignee_id}`,
  tlp_rank: sql<number>`${work.tlp_rank}`,
  due_at: sql<string>`${work.due_at}`,
  simulated: sql<boolean>`${work.simulated}`,
  version: sql<number>`${work.version}`,
  answerable: sql<boolean>`${work.answerable}`,
}

/** Everything wanted from somebody and their organisation, asked of all sources in one statement. */
export class MyWorkView {
  readonly #parts: MyWorkParts

  constructor(parts: MyWorkParts) {
    this.#parts = parts
  }

  /** One page, soonest due first; what has no due time stands last. */
  list(caller: Caller, query: PageQuery): Promise<Page<WorkItem>> {
    const { database, clock, names } = this.#parts
    const now = clock.now()
    const late = sql`(${work.due_at} < ${isoOf(now)})`
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields: { ...fields, late: { column: late, kind: 'boolean' } },
      sorts: ['due_at'],
      id: work.id,
    })
    const wanted = this.#wanted(caller)
    if (!wanted) return Promise.resolve({ items: [], next: null })
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await page.read(tx.select(columns).from(wanted))
      const assignees = items.map(({ assignee_id }) => assignee_id).filter((id) => id !== null)
      const people = await names.people(tx, [...new Set(assignees)])
      return {
        next,
        items: items.map(({ title_vi, title_en, tlp_rank, assignee_id, ...row }) => {
          const due = dueOf(row.due_at)
          return {
            ...row,
            kind: WorkKind.parse(row.kind),
            title:
              row.kind === 'approval'
                ? {
                    vi: labelOf('approvalKind', title_vi, 'vi'),
                    en: labelOf('approvalKind', title_en, 'en'),
                  }
                : { vi: title_vi, en: title_en },
            assignee_name: people.get(assignee_id ?? '') ?? null,
            tlp: tlpOf(tlp_rank),
            due_at: due === null ? null : isoOf(due),
            late: due !== null && due < now,
          }
        }),
      }
    })
  }

  /** How much there is, and how much of it is late. */
  async count(caller: Caller): Promise<WorkCount> {
    const { database, clock } = this.#parts
    const wanted = this.#wanted(caller)
    const none = { all: 0, personal: 0, late: 0 }
    if (!wanted) return none
    const [row] = await database.transact(caller.scope, (tx) =>
      tx
        .select({
          all: sql<number>`count(*)::int`,
          personal: sql<number>`(count(*) filter (where ${work.personal}))::int`,
          late: sql<number>`(count(*) filter (where ${work.due_at} < ${clock.iso()}))::int`,
        })
        .from(wanted),
    )
    return row ?? none
  }

  #wanted(caller: Caller): SQL | undefined {
    const { clock, acts } = this.#parts
    const mayApprove = caller.person_id !== null && caller.permissions.has('approval.decide')
    const approves = [...acts.all()].filter(([, { approve }]) => caller.permissions.has(approve))
    const sources = sourcesOf({
      caller,
      now: clock.iso(),
      approves: mayApprove ? approves.map(([kind]) => kind) : [],
    })
    if (sources.length === 0) return undefined
    const named = sql.raw(Object.keys(columns).join(', '))
    return sql`(${sql.join(sources, sql` union all `)}) as work (${named})`
  }
}

function dueOf(stored: string): number | null {
  if (stored === 'infinity') return null
  return millisecondsOf(stored.replace(' ', 'T').replace(/\+00$/, 'Z'))
}
