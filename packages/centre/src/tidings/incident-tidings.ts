import { ParticipantRole, ParticipantSees } from '@haidang/contracts/incident-participant'
import type { JournalEntry } from '@haidang/contracts/journal'
import { labelOf } from '@haidang/contracts/labels'
import type { Tx } from '@haidang/runtime/database/database'
import { z } from 'zod'
import type { IncidentStore } from '../modules/incidents/incident-store.ts'
import type { NotificationService } from '../modules/notifications/notification-service.ts'
import type { Recipients } from '../modules/notifications/recipients.ts'

interface IncidentTidingsParts {
  readonly notifications: NotificationService
  readonly recipients: Recipients
  readonly incidents: Pick<IncidentStore, 'get'>
}

const Taking = z.object({
  organisation_id: z.string(),
  organisation_name: z.string(),
  role: ParticipantRole,
  sees: ParticipantSees,
})

const Naming = z.object({ mentions: z.array(z.object({ id: z.string() })) })

/** Tells who takes part in an incident, or no longer does, and who is named in a note of it. */
export class IncidentTidings {
  readonly #parts: IncidentTidingsParts

  constructor(parts: IncidentTidingsParts) {
    this.#parts = parts
  }

  tell(tx: Tx, entry: JournalEntry): Promise<void> {
    return entry.type === 'incident.noted' ? this.#named(tx, entry) : this.#taking(tx, entry)
  }

  async #named(tx: Tx, entry: JournalEntry): Promise<void> {
    const { notifications, recipients, incidents } = this.#parts
    const naming = Naming.safeParse(entry.after)
    const incident = await incidents.get(tx, entry.subject)
    if (!incident || !naming.success) return
    const { id, number, title, tlp_rank, organisation_id } = incident
    const named = naming.data.mentions.map((one) => one.id).filter((one) => one !== entry.actor_id)
    await notifications.tell(
      tx,
      {
        kind: 'note-mention',
        object_id: id,
        once: entry.id,
        tlp_rank,
        path: `/incidents/${id}#${entry.id}`,
        sender_id: organisation_id,
        sender_person_id: null,
        facts: () => ({ number, title, who: entry.actor_name, note: entry.reason.slice(0, 300) }),
      },
      await recipients.people(tx, named),
    )
  }

  async #taking(tx: Tx, entry: JournalEntry): Promise<void> {
    const { notifications, recipients, incidents } = this.#parts
    const incident = await incidents.get(tx, entry.subject)
    const ended = entry.type === 'incident.participant-removed'
    const taking = Taking.safeParse(ended ? entry.before : entry.after)
    if (!incident || !taking.success) return
    const { organisation_id, organisation_name, role, sees } = taking.data
    const { id, number, title, tlp_rank } = incident
    // RED names people: an organisation is told nothing of it.
    if (tlp_rank > 3) return
    const to = await recipients.onDuty(tx, 'incident.read', { organisation_id, tlp_rank })
    await notifications.tell(
      tx,
      {
        kind: ended ? 'participation-ended' : 'participation-given',
        object_id: id,
        once: entry.id,
        tlp_rank,
        path: ended ? '/incidents' : `/incidents/${id}`,
        sender_id: incident.organisation_id,
        sender_person_id: null,
        facts: (language) => ({
          number,
          title: ended ? '' : title,
          who: entry.actor_name,
          organisation: organisation_name,
          role: labelOf('participantRole', role, language),
          sees: labelOf('participantSees', sees, language),
          note: entry.reason || '–',
        }),
      },
      to,
    )
  }
}
