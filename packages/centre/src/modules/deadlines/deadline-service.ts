import type {
  DeadlineDetail,
  DeadlineEntry,
  DeadlineSubject,
  RunningDeadline,
} from '@haidang/contracts/deadline'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Overview } from '@haidang/contracts/overview'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Permission } from '@haidang/contracts/permission'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { ClockService, Reckoner } from './clock-service.ts'
import { isOpen, relatedTo } from './deadline.ts'
import type { DeadlineStore } from './deadline-store.ts'
import type { DeadlineRow } from './deadline-tables.ts'
import type { DeadlineView } from './deadline-view.ts'

interface DeadlineParts {
  readonly database: Database
  readonly store: DeadlineStore
  readonly view: DeadlineView
  readonly clocks: ClockService
  readonly reckoner: Reckoner
  readonly journal: Journal
  readonly clock: Clock
}

type DeadlineOverview = Pick<Overview, 'deadlines_running' | 'deadlines_passed' | 'deadlines_next'>

/** Shown at a glance. */
const soonest = 6

/** What one must be allowed to see to see deadlines of it. */
const readers: Record<DeadlineSubject, Permission> = {
  incident: 'incident.read',
  'incident-report': 'incident-report.read',
  order: 'order.read',
  handover: 'shift.read',
}

/** Deadlines as people read them, know of them and meet them. */
export class DeadlineService {
  readonly #parts: DeadlineParts

  constructor(parts: DeadlineParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<RunningDeadline>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query, kindsOf(caller))
      return { items: await this.#shown(tx, items), next }
    })
  }

  /** How many are running and passed, and the soonest of them, as far as the caller sees them. */
  async overview(tx: Tx, caller: Caller): Promise<DeadlineOverview> {
    const { store } = this.#parts
    const kinds = kindsOf(caller)
    const { running, passed } = await store.tally(tx, kinds)
    const query = { limit: soonest, filter: 'state:running or state:passed' }
    const { items } = await store.list(tx, query, kinds)
    return {
      deadlines_running: running,
      deadlines_passed: passed,
      deadlines_next: await this.#shown(tx, items),
    }
  }

  /** Throws Problem deadline.not-found, also where the caller may not know of it. */
  get(caller: Caller, id: string): Promise<DeadlineDetail> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = this.#visible(caller, await store.get(tx, id))
      const steps = (await store.steps(tx, id)).filter(({ round }) => round === row.round)
      return {
        deadline: await this.#one(tx, row),
        steps: steps.map(({ step, name, kind, at, tell, state, taken_at, late }) => ({
          step,
          name,
          kind,
          at,
          tell,
          state,
          taken_at,
          late,
        })),
      }
    })
  }

  /** Throws Problem deadline.not-found. */
  history(caller: Caller, id: string, query: PageQuery): Promise<Page<DeadlineEntry>> {
    const { database, store, view } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      this.#visible(caller, await store.get(tx, id))
      return view.history(tx, id, query)
    })
  }

  /**
   * Says that its organisation knows of an open deadline; a second time changes nothing. Throws Problem
   * deadline.not-found, deadline.not-yours, deadline.ended.
   */
  acknowledge(caller: Caller, id: string): Promise<RunningDeadline> {
    const { database, store, journal, clock } = this.#parts
    const { actor } = caller.scope
    return database.transact(caller.scope, async (tx) => {
      const row = await this.#lockOwn(tx, caller, id)
      if (row.acknowledged_at !== null) return this.#one(tx, row)
      const acknowledged = { acknowledged_at: clock.iso(), acknowledged_by: actor.name }
      const after = { ...row, ...acknowledged }
      await store.replace(tx, after)
      await store.drop(tx, id, 'until_acknowledged')
      await journal.append(tx, {
        type: 'deadline.acknowledged',
        organisation_id: row.organisation_id,
        tlp_rank: row.tlp_rank,
        actor,
        authority: 'deadline.handle',
        subject: id,
        related: relatedTo(row),
        after: { acknowledged_at: after.acknowledged_at, due_at: row.due_at },
      })
      return this.#one(tx, after)
    })
  }

  /**
   * Says when what was due was done. Throws Problem deadline.not-found, deadline.not-yours, deadline.ended,
   * request.invalid (it lies before what started it, or in the future).
   */
  meet(
    caller: Caller,
    id: string,
    { met_at, note }: { met_at?: string | undefined; note: string },
  ): Promise<RunningDeadline> {
    const { database, clocks, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await this.#lockOwn(tx, caller, id)
      const at = isoOf(met_at === undefined ? clock.now() : millisecondsOf(met_at))
      if (at > clock.iso() || at < row.from_at) {
        throw new Problem('request.invalid', 'the moment cannot be', [
          {
            field: 'met_at',
            cause: `not between ${row.from_at} and now`,
            remedy: 'the moment it was done',
          },
        ])
      }
      return this.#one(tx, await clocks.met(tx, caller.scope.actor, row, at, note))
    })
  }

  async #lockOwn(tx: Tx, caller: Caller, id: string): Promise<DeadlineRow> {
    const row = this.#visible(caller, await this.#parts.store.lock(tx, id))
    const { organisations } = caller.scope
    if (organisations !== 'all' && !organisations.includes(row.organisation_id)) {
      throw new Problem('deadline.not-yours')
    }
    if (!isOpen(row)) throw new Problem('deadline.ended', `it is ${row.state}`)
    return row
  }

  #visible(caller: Caller, row: DeadlineRow | undefined): DeadlineRow {
    if (!row || !kindsOf(caller).includes(row.subject_kind)) {
      throw new Problem('deadline.not-found')
    }
    return row
  }

  async #one(tx: Tx, row: DeadlineRow): Promise<RunningDeadline> {
    const [shown] = await this.#shown(tx, [row])
    if (!shown) throw new Problem('deadline.not-found')
    return shown
  }

  async #shown(tx: Tx, rows: readonly DeadlineRow[]): Promise<RunningDeadline[]> {
    const { view, reckoner, clock } = this.#parts
    const working = await reckoner.working(tx, clock.iso())
    return view.deadlines(tx, rows, clock.now(), working)
  }
}

function kindsOf(caller: Caller): DeadlineSubject[] {
  const kinds = Object.entries(readers) as [DeadlineSubject, Permission][]
  return kinds.filter(([, needed]) => caller.permissions.has(needed)).map(([kind]) => kind)
}
