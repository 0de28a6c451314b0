import {
  Answers,
  GradeSuggestion,
  type KnownFact,
  suggestedGrade,
} from '@haidang/contracts/classification'
import type { GradeDecision, Grading } from '@haidang/contracts/grade-api'
import { type Incident, IncidentGrade } from '@haidang/contracts/incident'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { entryColumns, journal as journalTable } from '@haidang/runtime/journal-tables'
import { Problem } from '@haidang/runtime/problem'
import { and, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Client } from '../http/client.ts'
import type { ClockService } from '../modules/deadlines/clock-service.ts'
import { followIncident, subjectOf } from '../modules/incidents/incident-deadlines.ts'
import type { IncidentService } from '../modules/incidents/incident-service.ts'
import type { IncidentStore } from '../modules/incidents/incident-store.ts'
import type { IncidentRow } from '../modules/incidents/incident-tables.ts'
import { type Classifier, type Known, knownAnswers, requireCriteria } from './classifier.ts'

/** What grading asks of a system. */
export interface KnownSystem {
  readonly id: string
  readonly name: string
  readonly level: number | null
  readonly importance: readonly string[]
}

export interface GradeParts {
  readonly database: Database
  readonly store: IncidentStore
  readonly incidents: IncidentService
  readonly deadlines: ClockService
  readonly classifier: Classifier
  /** A system of the register, as far as the scope shows it. */
  readonly systemOf: (tx: Tx, id: string) => Promise<KnownSystem | undefined>
  /** That who decides is who signed in. */
  readonly fresh: {
    require(caller: Caller, client: Client, password: string | undefined): Promise<void>
  }
  readonly journal: Journal
  readonly clock: Clock
}

interface Decision {
  readonly grade: IncidentGrade
  readonly answers: Answers
  readonly reason: string
  readonly version: number
  readonly password?: string | undefined
}

const Decided = z.object({
  grade: IncidentGrade,
  suggestion: GradeSuggestion,
  answers: Answers,
  rules: z.string(),
})

/** Whether an incident is serious: the platform asks and suggests, a person decides and answers for it. */
export class GradeService {
  readonly #parts: GradeParts

  constructor(parts: GradeParts) {
    this.#parts = parts
  }

  /** What is known for grading. Throws Problem incident.not-found. */
  grading(caller: Caller, id: string): Promise<Grading> {
    const { database, incidents, classifier, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await incidents.require(tx, id)
      const system = await this.#system(tx, row)
      const { serious } = classifier.at(clock.iso()).rules
      const last = await lastDecision(tx, id)
      const known = knownAnswers(serious, await this.#known(tx, row, system))
      const answers = { ...known, ...last?.answers }
      return {
        system: system ? { id: system.id, name: system.name, level: system.level } : null,
        severity: row.impact && classifier.severity(row.impact, system?.level ?? null, clock.iso()),
        answers,
        suggestion: suggestedGrade(serious, answers),
        last,
      }
    })
  }

  /**
   * Decides, in the name of who is signed in. Throws Problem incident.not-found, incident.illegal-transition (it is
   * finished), incident.changed-meanwhile, incident.person-needed, request.invalid, session.stale, password.wrong.
   */
  async decide(caller: Caller, client: Client, id: string, decision: Decision): Promise<Incident> {
    const { database, incidents, store, classifier, deadlines, journal, clock, fresh } = this.#parts
    const { rules } = classifier.at(clock.iso())
    requireCriteria(rules.serious, decision.answers)
    // What one may not know of is not found, whoever asks and however.
    await database.transact(caller.scope, (tx) => incidents.requireHeld(tx, id))
    if (caller.person_id === null) throw new Problem('incident.person-needed')
    await fresh.require(caller, client, decision.password)
    await database.transact(caller.scope, async (tx) => {
      const before = await incidents.requireOpen(tx, id)
      if (decision.version !== before.version) {
        throw new Problem('incident.changed-meanwhile', `it is at version ${before.version}`)
      }
      const system = await this.#system(tx, before)
      const known = knownAnswers(rules.serious, await this.#known(tx, before, system))
      const answers = { ...known, ...decision.answers }
      const { grade, reason } = decision
      const { actor } = caller.scope
      const after = await store.replace(tx, { ...before, grade, updated_at: clock.iso() })
      await followIncident(deadlines, tx, actor, after)
      if (beyondCapability(rules.serious.conditions, answers)) {
        await this.#startBeyond(tx, caller, after)
      }
      await journal.append(tx, {
        type: 'incident.graded',
        organisation_id: after.organisation_id,
        tlp_rank: after.tlp_rank,
        actor,
        authority: 'incident.close',
        subject: id,
        reason,
        before: { grade: before.grade },
        after: {
          grade,
          suggestion: suggestedGrade(rules.serious, answers),
          answers,
          rules: `${rules.profile}.${rules.version}`,
        },
      })
    })
    return incidents.get(caller, id)
  }

  /** That the owner cannot cope starts a report of its own, once. */
  async #startBeyond(tx: Tx, { scope }: Caller, row: IncidentRow): Promise<void> {
    const { deadlines, clock } = this.#parts
    const trigger = 'incident.beyond-capability'
    if (await deadlines.has(tx, row.id, trigger)) return
    await deadlines.follow(tx, scope.actor, subjectOf(row), [{ trigger, at: clock.iso() }])
  }

  async #system(tx: Tx, { system_id }: IncidentRow): Promise<KnownSystem | undefined> {
    return system_id === null ? undefined : this.#parts.systemOf(tx, system_id)
  }

  async #known(tx: Tx, row: IncidentRow, system: KnownSystem | undefined): Promise<Known> {
    const beyond = await this.#parts.deadlines.has(tx, row.id, 'incident.beyond-capability')
    return {
      ...(beyond && { 'beyond-capability': true }),
      ...(system && system.level !== null && { 'level-4-or-5': system.level >= 4 }),
      ...(system && {
        'nationally-important': system.importance.includes('nationally_important'),
      }),
    }
  }
}

function beyondCapability(
  conditions: readonly { readonly any: readonly { id: string; known: KnownFact | null }[] }[],
  answers: Answers,
): boolean {
  return conditions.some(({ any }) =>
    any.some(({ id, known }) => known === 'beyond-capability' && answers[id] === 'yes'),
  )
}

/** The newest decision, as the journal keeps it. */
async function lastDecision(tx: Tx, id: string): Promise<GradeDecision | null> {
  const [entry] = await tx
    .select(entryColumns)
    .from(journalTable)
    .where(and(eq(journalTable.subject, id), eq(journalTable.type, 'incident.graded')))
    .orderBy(desc(journalTable.seq))
    .limit(1)
  const decided = Decided.safeParse(entry?.after)
  if (!entry || !decided.success) return null
  return {
    ...decided.data,
    id: entry.id,
    decided_at: entry.time,
    decided_by: entry.actor_name,
    reason: entry.reason,
  }
}
