import type { EntryType } from '@haidang/contracts/journal'
import type { DeadlineFact, Due } from '@haidang/contracts/regulation-lookup'
import type { WorkingTime } from '@haidang/contracts/working-time'
import type { Clock } from '@haidang/runtime/clock'
import type { Actor, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { vietnamDate } from '../../vietnam-date.ts'
import {
  type Fact,
  factsOf,
  fresh,
  isMoved,
  isOpen,
  metState,
  type OwnTerm,
  type Reckoned,
  reckonedAs,
  reckonedBy,
  relatedTo,
  type Subject,
  shown,
  stateAfter,
  subjectColumns,
} from './deadline.ts'
import type { DeadlineStore } from './deadline-store.ts'
import type { DeadlineRow } from './deadline-tables.ts'
import { type EscalationRules, planOf } from './escalation.ts'

/** What is due by the regulations: their book answers. */
export interface Reckoner {
  dueAfter(tx: Tx, fact: DeadlineFact): Promise<Due[]>
  /** Which hours are worked, by the profiles in force at an instant. */
  working(tx: Tx, instant: string): Promise<WorkingTime>
}

export type { Fact, Subject } from './deadline.ts'

interface ClockParts {
  readonly store: DeadlineStore
  readonly reckoner: Reckoner
  readonly escalation: readonly EscalationRules[]
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

/** Deadlines as the modules below start, move and end them, always in the transaction of the larger act. */
export class ClockService {
  readonly #parts: ClockParts

  constructor(parts: ClockParts) {
    this.#parts = parts
  }

  /**
   * Reckons the deadlines of a thing anew: by facts told now and those it has deadlines of already, its grade, and the
   * rules in force. Starts, moves and stops what that asks for; telling the same again changes nothing.
   */
  async follow(tx: Tx, actor: Actor, subject: Subject, told: readonly Fact[]): Promise<void> {
    const held = await this.#parts.store.lockOf(tx, subject.subject_id, subject.organisation_id)
    await this.#settle(tx, actor, subject, held, told)
  }

  /** Sets terms of a thing beside those of the regulations, or moves them. */
  async set(tx: Tx, actor: Actor, subject: Subject, terms: readonly OwnTerm[]): Promise<void> {
    const held = await this.#parts.store.lockOf(tx, subject.subject_id, subject.organisation_id)
    for (const term of terms) await this.#apply(tx, actor, subject, held, reckonedAs(term))
  }

  /** Lets all deadlines of a thing be as confidential and simulated as it has become; what is due stays. */
  async carry(tx: Tx, subject: Subject): Promise<void> {
    const { store } = this.#parts
    for (const row of await store.lockOf(tx, subject.subject_id, subject.organisation_id)) {
      await store.replace(tx, { ...row, ...subjectColumns(subject) })
    }
  }

  /** Whether a thing has deadlines that a trigger started. */
  async has(tx: Tx, subjectId: string, trigger: Fact['trigger']): Promise<boolean> {
    const rows = await this.#parts.store.lockOf(tx, subjectId)
    return rows.some((row) => row.trigger === trigger)
  }

  /** Stops all that is open of a thing, of one organisation where it is told. */
  async stop(
    tx: Tx,
    actor: Actor,
    subjectId: string,
    why: string,
    organisationId?: string,
  ): Promise<void> {
    for (const row of await this.#parts.store.lockOf(tx, subjectId, organisationId)) {
      if (isOpen(row)) await this.#stop(tx, actor, row, why)
    }
  }

  /** Says that what a trigger or a term (`key`) started at an organisation was done. */
  async meet(
    tx: Tx,
    actor: Actor,
    of: Pick<Subject, 'subject_id' | 'organisation_id'> & {
      readonly note: string
      /** When; now unless told. */
      readonly at?: string
    },
    which: (row: Pick<DeadlineRow, 'key' | 'trigger' | 'rule'>) => boolean,
  ): Promise<void> {
    const { store, clock } = this.#parts
    for (const row of await store.lockOf(tx, of.subject_id, of.organisation_id)) {
      if (isOpen(row) && which(row)) await this.met(tx, actor, row, of.at ?? clock.iso(), of.note)
    }
  }

  /** Writes that an open deadline, locked, was met at an instant. */
  async met(
    tx: Tx,
    actor: Actor,
    row: DeadlineRow,
    met_at: string,
    note: string,
  ): Promise<DeadlineRow> {
    const { store } = this.#parts
    const after: DeadlineRow = { ...row, state: metState(met_at, row.due_at), met_at, note }
    await store.replace(tx, after)
    await store.drop(tx, row.id, 'all')
    await this.#record(tx, actor, 'deadline.met', after, {
      reason: note,
      before: { state: row.state },
      after: { state: after.state, met_at, due_at: row.due_at },
    })
    return after
  }

  /** Reckons everything open anew: the regulations or their calendar changed. */
  async reckonAll(tx: Tx, actor: Actor): Promise<void> {
    const groups = Map.groupBy(
      await this.#parts.store.lockOpen(tx),
      ({ subject_id, organisation_id }) => `${subject_id} ${organisation_id}`,
    )
    for (const [first, ...rest] of groups.values()) {
      if (!first) continue
      const held = await this.#parts.store.lockOf(tx, first.subject_id, first.organisation_id)
      if ([first, ...rest].some(({ trigger }) => trigger !== null)) {
        await this.#settle(tx, actor, first, held, [])
      }
    }
  }

  async #settle(
    tx: Tx,
    actor: Actor,
    subject: Subject,
    held: readonly DeadlineRow[],
    told: readonly Fact[],
  ): Promise<void> {
    const wanted = new Set<string>()
    for (const { trigger, at } of factsOf(held, told)) {
      const fact = { trigger, from: at, grade: subject.grade ?? undefined }
      for (const due of await this.#parts.reckoner.dueAfter(tx, fact)) {
        const to = reckonedBy(fact, due)
        wanted.add(to.key)
        await this.#apply(tx, actor, subject, held, to)
      }
    }
    for (const row of held) {
      if (row.trigger !== null && !wanted.has(row.key) && isOpen(row)) {
        await this.#stop(tx, actor, row, 'no rule in force asks for it any more')
      }
    }
  }

  async #apply(
    tx: Tx,
    actor: Actor,
    subject: Subject,
    held: readonly DeadlineRow[],
    to: Reckoned,
  ): Promise<void> {
    const { store, newId, clock } = this.#parts
    const before = held.find(({ key }) => key === to.key)
    const row: DeadlineRow = {
      ...(before ?? fresh(newId('deadline'))),
      ...subjectColumns(subject),
      ...to,
    }
    if (!before) {
      await store.add(tx, row)
      await this.#plan(tx, row, [])
      await this.#record(tx, actor, 'deadline.started', row, { after: shown(row) })
      return
    }
    const moves = isMoved(before, to) || before.state === 'stopped'
    // Steps that lacked a calendar are tried again.
    const plans = moves || before.missing_year !== null
    const after: DeadlineRow = {
      ...row,
      round: plans ? before.round + 1 : before.round,
      state: moves ? stateAfter(before, to.due_at, clock.iso()) : before.state,
      note: before.state === 'stopped' ? '' : before.note,
    }
    await store.replace(tx, after)
    if (plans) await this.#planAgain(tx, after)
    if (!moves) return
    await this.#record(tx, actor, 'deadline.moved', after, {
      before: shown(before),
      after: shown(after),
    })
  }

  async #planAgain(tx: Tx, row: DeadlineRow): Promise<void> {
    const { store } = this.#parts
    const taken = (await store.steps(tx, row.id)).filter(({ state }) => state === 'taken')
    await store.drop(tx, row.id, 'all')
    if (!isOpen(row)) return
    await this.#plan(
      tx,
      row,
      taken.map(({ step }) => step),
    )
  }

  /** Plans the steps of a round; what was taken before and lies behind is not taken again. */
  async #plan(tx: Tx, row: DeadlineRow, taken: readonly string[]): Promise<void> {
    const { reckoner, escalation, clock, store } = this.#parts
    const now = clock.iso()
    const { steps, missing_year } = planOf(escalation, row, {
      now,
      day: vietnamDate(clock.now()),
      working: await reckoner.working(tx, row.from_at),
    })
    if (missing_year !== null) await store.replace(tx, { ...row, missing_year })
    const left = steps.filter(
      ({ at, step, until_acknowledged }) =>
        (at > now || !taken.includes(step)) &&
        !(until_acknowledged && row.acknowledged_at !== null),
    )
    await store.addSteps(
      tx,
      left.map((step) => ({
        ...step,
        deadline_id: row.id,
        organisation_id: row.organisation_id,
        watcher_id: row.watcher_id,
        tlp_rank: row.tlp_rank,
        round: row.round,
        state: 'planned',
        taken_at: null,
        late: false,
      })),
    )
  }

  async #stop(tx: Tx, actor: Actor, row: DeadlineRow, why: string): Promise<void> {
    const { store } = this.#parts
    const after: DeadlineRow = { ...row, state: 'stopped', note: why }
    await store.replace(tx, after)
    await store.drop(tx, row.id, 'all')
    await this.#record(tx, actor, 'deadline.stopped', after, {
      reason: why,
      before: { state: row.state },
      after: { state: 'stopped' },
    })
  }

  async #record(
    tx: Tx,
    actor: Actor,
    type: EntryType,
    row: DeadlineRow,
    entry: Pick<EntryDraft, 'reason' | 'before' | 'after'>,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      ...entry,
      type,
      organisation_id: row.organisation_id,
      tlp_rank: row.tlp_rank,
      actor,
      authority: row.rule?.clause ?? 'deadline.handle',
      subject: row.id,
      related: relatedTo(row),
    })
  }
}
