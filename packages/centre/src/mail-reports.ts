import type { IncidentReport } from '@haidang/contracts/incident-report'
import type { MailReportDraft } from '@haidang/contracts/received-mail'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { IncidentReportService } from './modules/incident-reports/incident-report-service.ts'
import type { ReceivedMailService } from './modules/received-mails/received-mail-service.ts'

interface MailReportParts {
  readonly database: Database
  readonly mails: ReceivedMailService
  readonly reports: IncidentReportService
  /** Organisations that name an address as theirs: a contact point of them, or a person. */
  readonly organisationsAt: (tx: Tx, address: string) => Promise<readonly string[]>
}

/** Makes a report of an incident of a mail nobody knew a place for; the mail stays with it as it came. */
export class MailReports {
  readonly #parts: MailReportParts

  constructor(parts: MailReportParts) {
    this.#parts = parts
  }

  /**
   * Throws Problem mail.not-found, mail.settled, mail.sender-unknown (the organisation does not name the sender's
   * address), permission.missing (incident-report.make).
   */
  report(caller: Caller, id: string, draft: MailReportDraft): Promise<IncidentReport> {
    const { database, mails, reports, organisationsAt } = this.#parts
    const { organisation_id, system_name, description, addresses } = draft
    if (!caller.permissions.has('incident-report.make')) {
      throw new Problem('permission.missing', 'incident-report.make')
    }
    return database.transact(caller.scope, async (tx) => {
      const mail = await mails.require(tx, id)
      const { from_address: email, from_name, tlp_rank, sent_at, received_at } = mail
      if (!(await organisationsAt(tx, email)).includes(organisation_id)) {
        throw new Problem('mail.sender-unknown', email)
      }
      const sender = { name: (from_name || email).slice(0, 300), phone: '', email }
      const facts = {
        ...reports.fresh(organisation_id, tlpOf(tlp_rank)),
        channel: 'mail' as const,
        sender,
        system_name,
        description,
        addresses: [...new Set(addresses.map((address) => address.toLowerCase()))],
        detected_at: sent_at ?? received_at,
        told: { reporter_name: sender.name, reporter_email: email, system_name, description },
      }
      const taker = { actor: caller.scope.actor, organisation_id: caller.organisation_id }
      const row = await reports.takeIn(tx, taker, facts, async (added) => {
        await mails.settle(tx, caller, id, { state: 'filed', object_id: added.id })
      })
      return reports.one(tx, row)
    })
  }
}
