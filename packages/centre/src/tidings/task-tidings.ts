import type { JournalEntry } from '@haidang/contracts/journal'
import { labelOf } from '@haidang/contracts/labels'
import type { Tx } from '@haidang/runtime/database/database'
import { z } from 'zod'
import type { IncidentStore } from '../modules/incidents/incident-store.ts'
import type {
  NotificationService,
  Recipient,
} from '../modules/notifications/notification-service.ts'
import type { Recipients } from '../modules/notifications/recipients.ts'
import type { TaskStore } from '../modules/tasks/task-store.ts'
import type { TaskRow } from '../modules/tasks/task-tables.ts'
import type { Names } from '../names.ts'
import { vietnamTime } from '../vietnam-date.ts'

interface TaskTidingsParts {
  readonly notifications: NotificationService
  readonly recipients: Recipients
  readonly names: Names
  readonly tasks: Pick<TaskStore, 'get'>
  readonly incidents: Pick<IncidentStore, 'get'>
  /** Who are on duty at this node now. */
  readonly onDuty: (tx: Tx) => Promise<readonly string[]>
}

const Moved = z.object({ state: z.enum(['done', 'returned']) })

/** Tells who is given a task, and who handles the incident that it is done or returned. */
export class TaskTidings {
  readonly #parts: TaskTidingsParts

  constructor(parts: TaskTidingsParts) {
    this.#parts = parts
  }

  async tell(tx: Tx, entry: JournalEntry): Promise<void> {
    const row = await this.#parts.tasks.get(tx, entry.subject)
    if (!row) return
    if (entry.type === 'task.assigned') await this.#assigned(tx, entry, row)
    else await this.#answered(tx, entry, row)
  }

  async #assigned(tx: Tx, entry: JournalEntry, row: TaskRow): Promise<void> {
    const { notifications, recipients, names } = this.#parts
    const { assignee_id, assignee_organisation_id, tlp_rank } = row
    if (assignee_organisation_id === null) return
    const of = { organisation_id: assignee_organisation_id, tlp_rank }
    // Who may not read it is not told what it is.
    const able = await recipients.ableAnywhere(tx, 'task.read', of)
    const told: Recipient[] =
      assignee_id === null
        ? await recipients.onDuty(tx, 'task.answer', of)
        : able.filter(({ person_id }) => person_id === assignee_id)
    const organisation =
      (await names.sources(tx, [assignee_organisation_id])).get(assignee_organisation_id) ?? ''
    const person = assignee_id && (await names.people(tx, [assignee_id])).get(assignee_id)
    await notifications.tell(
      tx,
      {
        kind: 'task-assigned',
        ...this.#about(entry, row),
        facts: (language) => ({
          number: row.incident_number,
          title: row.title,
          who: entry.actor_name,
          organisation: person ? `${person} (${organisation})` : organisation,
          due: row.due_at === null ? '–' : vietnamTime(row.due_at, language),
        }),
      },
      told.filter(({ person_id }) => person_id !== entry.actor_id),
    )
  }

  async #answered(tx: Tx, entry: JournalEntry, row: TaskRow): Promise<void> {
    const { notifications } = this.#parts
    const moved = Moved.safeParse(entry.after)
    if (!moved.success) return
    const told = await this.#handlers(tx, row, moved.data.state)
    await notifications.tell(
      tx,
      {
        kind: 'task-answered',
        ...this.#about(entry, row),
        facts: (language) => ({
          number: row.incident_number,
          title: row.title,
          who: entry.actor_name,
          state: labelOf('taskState', moved.data.state, language),
          note: entry.reason || '–',
        }),
      },
      told.filter(({ person_id }) => person_id !== entry.actor_id),
    )
  }

  /** Who handles the incident; what comes back to an incident nobody has goes to the desk, else to all who may. */
  async #handlers(
    tx: Tx,
    { incident_id, organisation_id, tlp_rank }: TaskRow,
    state: 'done' | 'returned',
  ): Promise<Recipient[]> {
    const { recipients, incidents, onDuty } = this.#parts
    const handler = (await incidents.get(tx, incident_id))?.assignee_id
    if (handler) return recipients.people(tx, [handler])
    if (state === 'done') return []
    const able = await recipients.ableAnywhere(tx, 'incident.handle', { organisation_id, tlp_rank })
    const desk = new Set<string | null>(await onDuty(tx))
    const standing = able.filter(({ person_id }) => desk.has(person_id))
    return standing.length > 0 ? standing : able
  }

  #about(entry: JournalEntry, { id, tlp_rank, organisation_id }: TaskRow) {
    return {
      object_id: id,
      once: entry.id,
      tlp_rank,
      path: `/tasks/${id}`,
      sender_id: organisation_id,
      sender_person_id: null,
    }
  }
}
