import type { JournalEntry } from '@haidang/contracts/journal'
import { labelOf } from '@haidang/contracts/labels'
import type { Tx } from '@haidang/runtime/database/database'
import type { IncidentReportStore } from '../modules/incident-reports/incident-report-store.ts'
import type { IncidentReportRow } from '../modules/incident-reports/incident-report-tables.ts'
import type {
  NotificationService,
  Recipient,
} from '../modules/notifications/notification-service.ts'
import type { Recipients } from '../modules/notifications/recipients.ts'
import type { Names } from '../names.ts'
import { vietnamTime } from '../vietnam-date.ts'

interface ReportTidingsParts {
  readonly notifications: NotificationService
  readonly recipients: Recipients
  readonly names: Names
  readonly reports: Pick<IncidentReportStore, 'get'>
}

/** Tells who reported an incident that it was received, under which number and what happens next; by whichever way it came. */
export class ReportTidings {
  readonly #parts: ReportTidingsParts

  constructor(parts: ReportTidingsParts) {
    this.#parts = parts
  }

  async tell(tx: Tx, entry: JournalEntry): Promise<void> {
    const { notifications, names, reports } = this.#parts
    const row = await reports.get(tx, entry.subject)
    // To another node goes an envelope of its own; whom to tell there is its business.
    if (!row?.received_at || row.channel === 'link') return
    const { id, tlp_rank, organisation_id, number, channel, received_at } = row
    const organisation = (await names.sources(tx, [organisation_id])).get(organisation_id) ?? ''
    await notifications.tell(
      tx,
      {
        kind: 'report-received',
        object_id: id,
        once: `received:${id}`,
        tlp_rank,
        path: `/incident-reports/${id}`,
        sender_id: null,
        sender_person_id: null,
        facts: (language) => ({
          number: number ?? '',
          organisation,
          channel: labelOf('reportChannel', channel, language),
          at: vietnamTime(received_at, language),
        }),
      },
      await this.#reporters(tx, entry, row),
    )
  }

  /**
   * Who submitted it at their organisation; else who reads the address that was told, where the organisation names it as
   * its own: nobody is written to because a caller or a system says so. Else whoever is on duty there.
   */
  async #reporters(
    tx: Tx,
    { actor_id }: JournalEntry,
    { organisation_id, tlp_rank, sender }: IncidentReportRow,
  ): Promise<Recipient[]> {
    const { recipients } = this.#parts
    const of = { organisation_id, tlp_rank }
    const able = await recipients.able(tx, 'incident-report.make', of)
    const reporter =
      able.find(({ person_id }) => person_id === actor_id) ??
      (await recipients.atAddress(tx, able, of, sender.email))
    return reporter ? [reporter] : recipients.onDuty(tx, 'incident-report.make', of)
  }
}
