import type { EffortState } from '@haidang/contracts/effort'
import type { JournalEntry } from '@haidang/contracts/journal'
import { labelOf } from '@haidang/contracts/labels'
import type { Permission } from '@haidang/contracts/permission'
import type { Tx } from '@haidang/runtime/database/database'
import type { NotificationService } from '../modules/notifications/notification-service.ts'
import type { Recipients } from '../modules/notifications/recipients.ts'

interface EffortFacts {
  readonly id: string
  readonly organisation_id: string
  readonly organisation_name: string
  readonly issuer_id: string
  readonly order_number: string
  readonly tlp_rank: number
  readonly state: EffortState
  readonly claimed: number
  readonly checked: number | null
}

export interface EffortTidingsParts {
  readonly notifications: NotificationService
  readonly recipients: Recipients
  readonly efforts: { get(tx: Tx, id: string): Promise<EffortFacts | undefined> }
}

/** Who takes the next step, or waits for its outcome; undefined: nobody has to know. */
const concerned: Readonly<
  Partial<Record<EffortState, { readonly of: 'claimant' | 'issuer'; readonly able: Permission }>>
> = {
  submitted: { of: 'issuer', able: 'effort.check' },
  returned: { of: 'claimant', able: 'effort.submit' },
  checked: { of: 'claimant', able: 'effort.submit' },
  agreed: { of: 'issuer', able: 'effort.approve' },
  approved: { of: 'claimant', able: 'effort.submit' },
  paid: { of: 'claimant', able: 'effort.submit' },
}

/** Who is told that an effort sheet has moved: whose turn it is now, but not who moved it. */
export class EffortTidings {
  readonly #parts: EffortTidingsParts

  constructor(parts: EffortTidingsParts) {
    this.#parts = parts
  }

  async tell(tx: Tx, { id, subject, actor_id, reason }: JournalEntry): Promise<void> {
    const { notifications, recipients, efforts } = this.#parts
    const sheet = await efforts.get(tx, subject)
    const next = sheet && concerned[sheet.state]
    if (!next) return
    const { tlp_rank, organisation_name, order_number, checked, claimed, state } = sheet
    const organisation_id = next.of === 'issuer' ? sheet.issuer_id : sheet.organisation_id
    const able = await recipients.able(tx, next.able, { organisation_id, tlp_rank })
    await notifications.tell(
      tx,
      {
        kind: 'effort-moved',
        object_id: sheet.id,
        tlp_rank,
        path: `/efforts/${sheet.id}`,
        once: id,
        sender_id: next.of === 'issuer' ? sheet.organisation_id : sheet.issuer_id,
        sender_person_id: null,
        facts: (language) => ({
          number: order_number,
          state: labelOf('effortState', state, language),
          organisation: organisation_name,
          amount: new Intl.NumberFormat(language).format(checked ?? claimed),
          reason: reason || '–',
        }),
      },
      able.filter(({ person_id }) => person_id !== actor_id),
    )
  }
}
