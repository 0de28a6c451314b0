import type { DeadlineRecipient } from '@haidang/contracts/deadline'
import type { JournalEntry } from '@haidang/contracts/journal'
import { labelOf } from '@haidang/contracts/labels'
import type { Tx } from '@haidang/runtime/database/database'
import type { NotificationService } from '../modules/notifications/notification-service.ts'
import type { Recipients } from '../modules/notifications/recipients.ts'
import { Unacknowledged } from '../modules/unacknowledged/unacknowledged.ts'
import { vietnamTime } from '../vietnam-date.ts'

interface UnacknowledgedTidingsParts {
  readonly notifications: Pick<NotificationService, 'tell'>
  readonly recipients: Pick<Recipients, 'people'>
  /** Who the recipients of a step are today, for what is held to one organisation. */
  readonly toldOf: (
    tx: Tx,
    held: { readonly organisation_id: string; readonly assignee_id: null },
    tell: readonly DeadlineRecipient[],
  ) => Promise<readonly { readonly people: readonly string[] }[]>
}

/** Tells that clusters wait for somebody to acknowledge them: how many and since when, nothing of what they are. */
export class UnacknowledgedTidings {
  readonly #parts: UnacknowledgedTidingsParts

  constructor(parts: UnacknowledgedTidingsParts) {
    this.#parts = parts
  }

  async tell(tx: Tx, { id, subject, organisation_id, after }: JournalEntry): Promise<void> {
    const { notifications, recipients, toldOf } = this.#parts
    const late = Unacknowledged.safeParse(after).data
    if (!late || organisation_id === null) return
    const told = await toldOf(tx, { organisation_id, assignee_id: null }, late.tell)
    const people = await recipients.people(
      tx,
      told.flatMap((some) => some.people),
    )
    await notifications.tell(
      tx,
      {
        kind: 'clusters-unacknowledged',
        object_id: subject,
        once: id,
        tlp_rank: 0,
        path: `/alerts?view=new&q=severity:${late.severity}`,
        sender_id: organisation_id,
        sender_person_id: null,
        facts: (language) => ({
          count: String(late.count),
          severity: labelOf('severity', late.severity, language).toLowerCase(),
          since: vietnamTime(late.since, language),
        }),
      },
      people,
    )
  }
}
