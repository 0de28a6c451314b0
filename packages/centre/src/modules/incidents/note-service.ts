import type { TimelineEntry } from '@haidang/contracts/incident'
import type { Caller } from '@haidang/runtime/caller'
import type { Database } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import type { IncidentFamily } from '../../merging/incident-family.ts'
import type { Names } from '../../names.ts'
import type { IncidentService } from './incident-service.ts'
import { timelineEntry } from './timeline-entry.ts'

export interface NoteParts {
  readonly database: Database
  readonly journal: Journal
  readonly names: Names
  readonly incidents: Pick<IncidentService, 'require'>
  readonly family: Pick<IncidentFamily, 'requireAlone'>
  /** For whom a caller writes in the story. Throws Problem incident.not-found, permission.missing. */
  readonly noting: (caller: Caller, incidentId: string) => Promise<Caller>
}

/** Notes in the story of incidents, by who handles them and by those who take part and may. */
export class NoteService {
  readonly #parts: NoteParts

  constructor(parts: NoteParts) {
    this.#parts = parts
  }

  /** Writes a line in the timeline. Throws Problem incident.not-found, incident.merged, permission.missing. */
  async write(caller: Caller, id: string, text: string): Promise<TimelineEntry> {
    const { database, journal, incidents, family, names } = this.#parts
    const { scope } = await this.#parts.noting(caller, id)
    return database.transact(scope, async (tx) => {
      const row = await incidents.require(tx, id)
      await family.requireAlone(tx, row)
      const by = caller.organisation_id
      const entry = await journal.append(tx, {
        type: 'incident.noted',
        organisation_id: row.organisation_id,
        tlp_rank: row.tlp_rank,
        actor: scope.actor,
        authority: 'incident.handle',
        subject: id,
        reason: text,
        ...(scope === caller.scope
          ? {}
          : { after: { organisation_name: (await names.sources(tx, [by])).get(by) ?? '' } }),
      })
      return timelineEntry(entry)
    })
  }
}
