import type { Incident } from '@haidang/contracts/incident'
import type { BulkAct } from '@haidang/contracts/incident-bulk'
import type { EntryType } from '@haidang/contracts/journal'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Actor, Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { isPassing } from '@haidang/runtime/passing'
import { Problem } from '@haidang/runtime/problem'
import type { IncidentFamily } from '../merging/incident-family.ts'
import type { ClockService } from '../modules/deadlines/clock-service.ts'
import { followIncident } from '../modules/incidents/incident-deadlines.ts'
import type { IncidentService } from '../modules/incidents/incident-service.ts'
import type { IncidentStore } from '../modules/incidents/incident-store.ts'
import type { IncidentRow } from '../modules/incidents/incident-tables.ts'
import type { StepGuard } from '../modules/incidents/step-guard.ts'
import { type Names, requirePerson } from '../names.ts'
import { decidedBy, decidedPart } from './bulk-act.ts'
import type { IncidentUndoStore } from './incident-undo-store.ts'

export interface IncidentBulkParts {
  readonly database: Database
  readonly undos: IncidentUndoStore
  readonly store: IncidentStore
  readonly incidents: Pick<IncidentService, 'shown'>
  readonly family: IncidentFamily
  readonly steps: Pick<StepGuard, 'requireStep'>
  readonly deadlines: ClockService
  readonly names: Names
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

interface Change {
  readonly before: IncidentRow
  readonly after: IncidentRow
}

/** How long an act may be taken back, milliseconds (ux.md 1.3). */
const undoMilliseconds = 10_000

/** One act on many incidents at once, and how it is taken back. */
export class IncidentBulkService {
  readonly #parts: IncidentBulkParts

  constructor(parts: IncidentBulkParts) {
    this.#parts = parts
  }

  /**
   * What the act does not change, and what it is not possible on, is left out of the answer. Throws Problem
   * incident.not-found (none is visible), permission.missing (to reject), person.not-found, and where it is possible
   * on none: incident.illegal-transition, incident.merged, incident.orders-open, incident.tasks-open.
   */
  act(
    caller: Caller,
    ids: readonly string[],
    act: BulkAct,
  ): Promise<{ changed: Incident[]; undo: string | null }> {
    const { database, store, incidents, names } = this.#parts
    const { actor } = caller.scope
    if (act.act === 'reject' && !caller.permissions.has('incident.close')) {
      throw new Problem('permission.missing', 'incident.close')
    }
    return database.transact(caller.scope, async (tx) => {
      if (act.act === 'assign' && act.person_id) await requirePerson(names, tx, act.person_id)
      const rows = await store.lockAll(tx, [...new Set(ids)])
      if (rows.length === 0) throw new Problem('incident.not-found')
      const wanted = await this.#attempt(tx, rows, act)
      const reason = act.act === 'reject' ? act.reason : ''
      const changes = await this.#change(tx, actor, wanted, {
        type: act.act === 'reject' ? 'incident.moved' : 'incident.updated',
        reason,
      })
      const undo = await this.#keepUndo(tx, actor, changes)
      return { changed: await incidents.shown(tx, changes.map(afterOf)), undo }
    })
  }

  /**
   * Takes an act back wherever nobody changed the incident since; `skipped` counts the others. Throws Problem
   * undo.expired: older than ten seconds, used before, or another's.
   */
  undo(caller: Caller, token: string): Promise<{ changed: Incident[]; skipped: number }> {
    const { database, store, undos, incidents, clock } = this.#parts
    const { actor } = caller.scope
    return database.transact(caller.scope, async (tx) => {
      const kept = await undos.take(tx, token, actor.id, clock.iso())
      if (kept.length === 0) throw new Problem('undo.expired')
      const byId = new Map(kept.map((row) => [row.incident_id, row]))
      const rows = await store.lockAll(tx, [...byId.keys()])
      const wanted = rows.flatMap((before): Change[] => {
        const undo = byId.get(before.id)
        if (undo?.version_after !== before.version) return []
        return [{ before, after: { ...before, ...undo.before } }]
      })
      const grounds = { type: 'incident.act-undone', reason: '' } as const
      const changes = await this.#change(tx, actor, wanted, grounds)
      const changed = await incidents.shown(tx, changes.map(afterOf))
      return { changed, skipped: kept.length - changed.length }
    })
  }

  /** Acts on each row; refuses only where the act was possible on none. Rows it does not change are left out. */
  async #attempt(tx: Tx, rows: readonly IncidentRow[], act: BulkAct): Promise<Change[]> {
    const tried: Change[] = []
    let refusal: Problem | undefined
    for (const before of rows) {
      try {
        const after = decidedBy(before, act, this.#parts.clock.iso(), this.#parts.steps)
        await this.#requirePossible(tx, before, act)
        tried.push({ before, after })
      } catch (error) {
        if (!(error instanceof Problem) || isPassing(error)) throw error
        refusal ??= error
      }
    }
    if (tried.length === 0 && refusal) throw refusal
    return tried.filter(({ before, after }) => before !== after)
  }

  async #requirePossible(tx: Tx, row: IncidentRow, { act }: BulkAct): Promise<void> {
    const { family } = this.#parts
    await family.requireAlone(tx, row)
    if (act === 'reject') await family.requireNothingOpen(tx, row.id)
  }

  async #change(
    tx: Tx,
    actor: Actor,
    wanted: readonly Change[],
    { type, reason }: { readonly type: EntryType; readonly reason: string },
  ): Promise<Change[]> {
    const { store, deadlines, family, journal, clock } = this.#parts
    const changes: Change[] = []
    for (const { before, after: decided } of wanted) {
      const after = await store.replace(tx, { ...decided, updated_at: clock.iso() })
      await followIncident(deadlines, tx, actor, after)
      await journal.append(tx, {
        type,
        reason,
        organisation_id: after.organisation_id,
        tlp_rank: after.tlp_rank,
        actor,
        authority: before.state === after.state ? 'incident.handle' : 'incident.close',
        subject: after.id,
        before: decidedPart(before),
        after: decidedPart(after),
      })
      if (before.state !== after.state) {
        await family.follow(tx, actor, before, after, type === 'incident.act-undone')
      }
      changes.push({ before, after })
    }
    return changes
  }

  async #keepUndo(tx: Tx, actor: Actor, changes: readonly Change[]): Promise<string | null> {
    if (changes.length === 0) return null
    const { undos, clock, newId } = this.#parts
    const token = newId('entry')
    const expires_at = isoOf(clock.now() + undoMilliseconds)
    const rows = changes.map(({ before, after }) => ({
      token,
      incident_id: after.id,
      organisation_id: after.organisation_id,
      tlp_rank: after.tlp_rank,
      actor_id: actor.id,
      expires_at,
      version_after: after.version,
      before: decidedPart(before),
    }))
    await undos.keep(tx, rows, clock.iso())
    return token
  }
}

function afterOf({ after }: Change): IncidentRow {
  return after
}
