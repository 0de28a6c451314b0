import { foldVietnamese } from '@haidang/contracts/fold'
import type { TimelineEntry } from '@haidang/contracts/incident'
import type { Mentionable } from '@haidang/contracts/incident-note'
import type { Caller } from '@haidang/runtime/caller'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { sql } from 'drizzle-orm'
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
  /** For whom a caller writes in the story. Throws Problem incident.not-found, note.not-yours. */
  readonly noting: (caller: Caller, incidentId: string) => Promise<Caller>
}

interface NoteDraft {
  readonly text: string
  readonly mentions?: readonly string[]
}

/** As many names as are offered while one writes. */
const mostOffered = 12

/** Notes in the story of incidents, by who handles them and by those who take part and may. */
export class NoteService {
  readonly #parts: NoteParts

  constructor(parts: NoteParts) {
    this.#parts = parts
  }

  /**
   * Writes a line in the timeline and names people in it. Throws Problem incident.not-found, incident.merged,
   * note.not-yours, note.mention-unseen (one named may not read it, or is nobody the writer may know of).
   */
  async write(
    caller: Caller,
    id: string,
    { text, mentions = [] }: NoteDraft,
  ): Promise<TimelineEntry> {
    const { database, journal, incidents, family } = this.#parts
    const { scope } = await this.#parts.noting(caller, id)
    const named = await this.#named(caller, id, [...new Set(mentions)])
    const by = scope === caller.scope ? undefined : caller.organisation_id
    return database.transact(scope, async (tx) => {
      const row = await incidents.require(tx, id)
      await family.requireAlone(tx, row)
      const organisation = by && { organisation_name: await this.#nameOf(tx, by) }
      const kept = named.length > 0 && {
        mentions: named.map((one) => ({ id: one.id, name: one.name })),
      }
      const entry = await journal.append(tx, {
        type: 'incident.noted',
        organisation_id: row.organisation_id,
        tlp_rank: row.tlp_rank,
        actor: scope.actor,
        authority: 'incident.handle',
        subject: id,
        reason: text,
        ...(organisation || kept ? { after: { ...organisation, ...kept } } : {}),
      })
      return timelineEntry(entry)
    })
  }

  /** Whom the caller may name in a note, by part of a name. Throws Problem incident.not-found, note.not-yours. */
  async mentionable(caller: Caller, id: string, name: string): Promise<{ items: Mentionable[] }> {
    await this.#parts.noting(caller, id)
    return this.#parts.database.transact(caller.scope, async (tx) => ({
      items: await readers(tx, id, foldVietnamese(name), null, mostOffered),
    }))
  }

  async #named(caller: Caller, id: string, mentions: readonly string[]): Promise<Mentionable[]> {
    if (mentions.length === 0) return []
    const found = await this.#parts.database.transact(caller.scope, (tx) =>
      readers(tx, id, '', mentions, mentions.length),
    )
    const unseen = mentions.filter((one) => !found.some((reader) => reader.id === one))
    if (unseen.length === 0) return found
    throw new Problem(
      'note.mention-unseen',
      unseen.join(', '),
      unseen.map((one) => ({
        field: `mentions.${mentions.indexOf(one)}`,
        cause: `${one} may not read this note`,
        remedy: 'leave them out, or let their organisation take part in the incident',
      })),
    )
  }

  async #nameOf(tx: Tx, organisation: string): Promise<string> {
    return (await this.#parts.names.sources(tx, [organisation])).get(organisation) ?? ''
  }
}

/** Who may read the story of an incident, of those the scope may name there. */
async function readers(
  tx: Tx,
  incident: string,
  words: string,
  only: readonly string[] | null,
  most: number,
): Promise<Mentionable[]> {
  const like = words.replaceAll(/[\\%_]/g, '\\$&')
  const ids = only === null ? sql`null` : sql.param([...only])
  const { rows } = await tx.execute<Mentionable & Record<string, unknown>>(sql`
    select id, name, organisation_id, organisation_name
    from haidang_story_readers(${incident}, ${like}, ${ids}::text[], ${most}::int)`)
  return rows
}
