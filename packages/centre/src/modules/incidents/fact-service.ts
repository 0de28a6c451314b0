import type { IncidentFact } from '@haidang/contracts/incident-fact'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { ClockService } from '../deadlines/clock-service.ts'
import { subjectOf } from './incident-deadlines.ts'
import type { IncidentService } from './incident-service.ts'

interface FactParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly incidents: IncidentService
  readonly deadlines: ClockService
}

/** Facts of an incident that start deadlines of their own, such as that it is beyond the capability of its owner. */
export class FactService {
  readonly #parts: FactParts

  constructor(parts: FactParts) {
    this.#parts = parts
  }

  /**
   * Records a fact; told again, its moment is corrected. Throws Problem incident.not-found,
   * incident.illegal-transition (it is finished), request.invalid (not yet, or before it was detected).
   */
  record({ scope }: Caller, id: string, { fact, at, note }: IncidentFact): Promise<void> {
    const { database, journal, clock, incidents, deadlines } = this.#parts
    return database.transact(scope, async (tx) => {
      const row = await incidents.requireOpen(tx, id)
      const moment = isoOf(at === undefined ? clock.now() : millisecondsOf(at))
      if (moment > clock.iso() || moment < row.detected_at) {
        throw new Problem('request.invalid', 'the moment cannot be', [
          {
            field: 'at',
            cause: `not between ${row.detected_at} and now`,
            remedy: 'the moment it became known',
          },
        ])
      }
      await deadlines.follow(tx, scope.actor, subjectOf(row), [{ trigger: fact, at: moment }])
      await journal.append(tx, {
        type: 'incident.fact-recorded',
        organisation_id: row.organisation_id,
        tlp_rank: row.tlp_rank,
        actor: scope.actor,
        authority: 'incident.handle',
        subject: id,
        reason: note,
        after: { fact, at: moment },
      })
    })
  }
}
