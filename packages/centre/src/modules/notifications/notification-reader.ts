import type { ApprovalKind } from '@haidang/contracts/approval'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { JournalEntry } from '@haidang/contracts/journal'
import { labelOf } from '@haidang/contracts/labels'
import type { Permission } from '@haidang/contracts/permission'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { JournalReader } from '@haidang/runtime/journal'
import { z } from 'zod'
import type { Names } from '../../names.ts'
import type { TaskTidings } from '../../tidings/task-tidings.ts'
import type { DeadlineTidings } from './deadline-tidings.ts'
import type { NotificationService } from './notification-service.ts'
import type { OrderTidings } from './order-tidings.ts'
import type { Recipients } from './recipients.ts'

/** What is told of a request for a second person. */
interface ApprovalFacts {
  readonly id: string
  readonly kind: ApprovalKind
  readonly organisation_id: string
  readonly tlp_rank: number
  readonly state: string
  readonly reason: string
  readonly asked_by: string
  readonly asked_by_id: string
  readonly behind_id: string
  readonly also_behind: readonly string[]
}

interface ReaderParts {
  readonly notifications: NotificationService
  readonly recipients: Recipients
  readonly orders: OrderTidings
  readonly advisories: { tell(tx: Tx, entry: JournalEntry): Promise<void> }
  readonly efforts: { tell(tx: Tx, entry: JournalEntry): Promise<void> }
  readonly deadlines: DeadlineTidings
  readonly tasks: Pick<TaskTidings, 'tell'>
  readonly incidents: { tell(tx: Tx, entry: JournalEntry): Promise<void> }
  readonly reports: { tell(tx: Tx, entry: JournalEntry): Promise<void> }
  readonly clusters: { tell(tx: Tx, entry: JournalEntry): Promise<void> }
  readonly shifts: { tell(tx: Tx, entry: JournalEntry): Promise<void> }
  readonly names: Names
  readonly clock: Clock
  readonly approval: (tx: Tx, id: string) => Promise<ApprovalFacts | undefined>
  /** Who may approve, by right, organisation and TLP. */
  readonly approvers: (
    tx: Tx,
    right: Permission,
    of: { readonly organisation_id: string; readonly tlp_rank: number },
  ) => Promise<readonly string[]>
  readonly approvalRight: (row: ApprovalFacts) => Permission
}

/** What is older when it is first read is no news: a node that learns to tell does not tell its past. */
const newsMilliseconds = 86_400_000

const Decided = z.object({ state: z.string() })

/** Reads the journal and tells who is concerned. */
export class NotificationReader implements JournalReader {
  readonly name = 'notifications'
  readonly types = [
    'order.issued',
    'order.received',
    'order.stepped',
    'order.changed',
    'order.withdrawn',
    'order.released',
    'order.reminded',
    'order.overdue',
    'advisory.submitted',
    'advisory.reviewed',
    'advisory.received',
    'advisory.stepped',
    'advisory.cancelled',
    'advisory.overdue',
    'effort.submitted',
    'effort.returned',
    'effort.checked',
    'effort.agreed',
    'effort.contested',
    'effort.approved',
    'effort.paid',
    'incident.noted',
    'incident.participant-added',
    'incident.participant-changed',
    'incident.participant-removed',
    'incident-report.received',
    'task.assigned',
    'task.moved',
    'shift.roster-made',
    'shift.added',
    'shift.changed',
    'shift.removed',
    'shift.swap-asked',
    'shift.swap-decided',
    'cluster.unacknowledged',
    'deadline.reminded',
    'deadline.passed',
    'deadline.escalated',
    'deadline.unreckoned',
    'approval.asked',
    'approval.approved',
    'approval.refused',
    'approval.expired',
    'station.silent',
    'station.returned',
  ] as const
  readonly #parts: ReaderParts

  constructor(parts: ReaderParts) {
    this.#parts = parts
  }

  async handle(tx: Tx, entry: JournalEntry): Promise<void> {
    if (this.#parts.clock.now() - millisecondsOf(entry.time) > newsMilliseconds) return
    const [noun] = entry.type.split('.')
    const { orders, advisories, efforts, tasks, deadlines, shifts, clusters, incidents, reports } =
      this.#parts
    const tidings: Readonly<Record<string, Pick<OrderTidings, 'tell'>>> = {
      order: orders,
      advisory: advisories,
      effort: efforts,
      task: tasks,
      deadline: deadlines,
      shift: shifts,
      cluster: clusters,
      incident: incidents,
      'incident-report': reports,
    }
    const told = tidings[noun ?? '']
    if (told) await told.tell(tx, entry)
    else if (noun === 'station') await this.#station(tx, entry)
    else if (entry.type === 'approval.asked') await this.#asked(tx, entry)
    else await this.#decided(tx, entry)
  }

  async #asked(tx: Tx, entry: JournalEntry): Promise<void> {
    const { notifications, recipients, approval, approvers, approvalRight } = this.#parts
    const row = await approval(tx, entry.subject)
    if (row?.state !== 'open') return
    const able = await approvers(tx, approvalRight(row), row)
    const behind = [row.asked_by_id, row.behind_id, ...row.also_behind]
    await notifications.tell(
      tx,
      {
        kind: 'approval-asked',
        object_id: row.id,
        once: entry.id,
        tlp_rank: row.tlp_rank,
        path: `/approvals/${row.id}`,
        sender_id: row.organisation_id,
        sender_person_id: null,
        facts: (language) => ({
          who: row.asked_by,
          reason: row.reason,
          act: labelOf('approvalKind', row.kind, language),
        }),
      },
      await recipients.people(
        tx,
        able.filter((id) => !behind.includes(id)),
      ),
    )
  }

  async #decided(tx: Tx, entry: JournalEntry): Promise<void> {
    const { notifications, recipients, approval } = this.#parts
    const row = await approval(tx, entry.subject)
    const after = Decided.safeParse(entry.after)
    if (!row || !after.success) return
    const asker = [row.asked_by_id, row.behind_id].find((id) => id.startsWith('usr_'))
    await notifications.tell(
      tx,
      {
        kind: 'approval-decided',
        object_id: row.id,
        once: entry.id,
        tlp_rank: row.tlp_rank,
        path: `/approvals/${row.id}`,
        sender_id: row.organisation_id,
        sender_person_id: null,
        facts: (language) => ({
          act: labelOf('approvalKind', row.kind, language),
          state: labelOf('approvalState', after.data.state, language),
        }),
      },
      asker === undefined ? [] : await recipients.people(tx, [asker]),
    )
  }

  async #station(tx: Tx, entry: JournalEntry): Promise<void> {
    const { notifications, recipients, names } = this.#parts
    const { organisation_id, subject, tlp_rank } = entry
    if (organisation_id === null) return
    const station = (await names.stations(tx, [subject])).get(subject) ?? subject
    const organisation = (await names.organisations(tx, [organisation_id])).get(organisation_id)
    await notifications.tell(
      tx,
      {
        kind: entry.type === 'station.silent' ? 'station-silent' : 'station-returned',
        object_id: subject,
        once: entry.id,
        tlp_rank,
        path: `/stations/${subject}`,
        sender_id: null,
        sender_person_id: null,
        facts: () => ({ station, organisation: organisation ?? organisation_id }),
      },
      await recipients.ableAnywhere(tx, 'station.manage', { organisation_id, tlp_rank }),
    )
  }
}
