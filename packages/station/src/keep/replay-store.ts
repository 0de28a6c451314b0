import type { Page, PageQuery } from '@haidang/contracts/page'
import type { RejectReplay } from '@haidang/contracts/reject-replay'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { asc, eq, sql } from 'drizzle-orm'
import { type ReplayRow, type ReplayStep, rejectReplay, rejectReplayStep } from './replay-tables.ts'

const fields = {
  id: { column: rejectReplay.id, kind: 'word' },
  state: { column: rejectReplay.state, kind: 'word' },
  created_at: { column: rejectReplay.created_at, kind: 'time' },
} as const

/** Rows of replays of rejects. */
export class ReplayStore {
  async add(tx: Tx, row: ReplayRow): Promise<void> {
    await tx.insert(rejectReplay).values(row)
  }

  /** One page, newest first. */
  async list(tx: Tx, query: PageQuery): Promise<Page<RejectReplay>> {
    const page = keyset({ query, fields, sorts: ['-created_at'], id: rejectReplay.id })
    const { items, next } = await page.read(tx.select().from(rejectReplay))
    return { items: items.map(shown), next }
  }

  async find(tx: Tx, id: string): Promise<RejectReplay | undefined> {
    const [row] = await tx.select().from(rejectReplay).where(eq(rejectReplay.id, id))
    return row && shown(row)
  }

  /** Stops it after the step in hand; one that has ended stays as it is. */
  async stop(tx: Tx, id: string, now: string): Promise<void> {
    await tx
      .update(rejectReplay)
      .set({ state: 'stopped', ended_at: now, problem: null })
      .where(sql`${rejectReplay.id} = ${id} and ${rejectReplay.state} = 'running'`)
  }

  /** The oldest one that is to go on, with the step it is at; undefined: none is. */
  async next(tx: Tx): Promise<{ replay: ReplayRow; step: ReplayStep | undefined } | undefined> {
    const [row] = await tx
      .select()
      .from(rejectReplay)
      .leftJoin(rejectReplayStep, eq(rejectReplayStep.replay_id, rejectReplay.id))
      .where(sql`${rejectReplay.state} = 'running' or ${rejectReplayStep.replay_id} is not null`)
      .orderBy(asc(rejectReplay.created_at), asc(rejectReplay.id))
      .limit(1)
    return row && { replay: row.reject_replay, step: row.reject_replay_step ?? undefined }
  }

  async beginStep(tx: Tx, step: ReplayStep): Promise<void> {
    await tx.insert(rejectReplayStep).values(step)
  }

  /** The step is done: false if it was already. */
  async endStep(tx: Tx, step: ReplayStep): Promise<boolean> {
    const gone = await tx
      .delete(rejectReplayStep)
      .where(eq(rejectReplayStep.replay_id, step.replay_id))
      .returning({ id: rejectReplayStep.replay_id })
    if (gone.length === 0) return false
    await tx
      .update(rejectReplay)
      .set({
        done: sql`${rejectReplay.done} + ${step.records}`,
        events: sql`${rejectReplay.events} + ${step.parsed.length}`,
        after_id: step.last_id,
        problem: null,
      })
      .where(eq(rejectReplay.id, step.replay_id))
    return true
  }

  async end(tx: Tx, id: string, now: string): Promise<void> {
    await tx
      .update(rejectReplay)
      .set({ state: 'done', ended_at: now, problem: null })
      .where(sql`${rejectReplay.id} = ${id} and ${rejectReplay.state} = 'running'`)
  }

  async tell(tx: Tx, id: string, problem: string): Promise<void> {
    await tx.update(rejectReplay).set({ problem }).where(eq(rejectReplay.id, id))
  }
}

function shown(row: ReplayRow): RejectReplay {
  const { id, choice, format, state, total, done, events, problem, created_at, ended_at } = row
  return {
    id,
    choice,
    format,
    state,
    total: Math.max(total, done),
    done,
    events,
    still_rejected: done - events,
    problem,
    started_by: row.scope.actor.name,
    created_at,
    ended_at,
  }
}
