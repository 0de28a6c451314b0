import type { DocumentFile, DocumentFormat, IssuedDocument } from '@haidang/contracts/document'
import type { Incident, TimelineEntry } from '@haidang/contracts/incident'
import type { OrderDraft } from '@haidang/contracts/order'
import { tlpOf, tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { type LegalBases, withBases } from '../../legal-bases.ts'
import { type Names, requireOrganisation } from '../../names.ts'
import type { Numbering } from '../../numbering.ts'
import type { IncidentService } from '../incidents/incident-service.ts'
import type { OrderPapers } from '../orders/issue-service.ts'
import type { OrderService } from '../orders/order-service.ts'
import { type DocumentDraft, type DocumentService, shownDocument } from './document-service.ts'
import { incidentValues } from './incident-values.ts'
import { orderValues } from './order-values.ts'

export interface SubjectParts {
  readonly database: Database
  readonly documents: DocumentService
  readonly orders: Pick<OrderService, 'get'>
  readonly incidents: Pick<IncidentService, 'get' | 'requireHeld' | 'timeline'>
  readonly names: Names
  readonly numbers: Numbering
  readonly bases: Pick<LegalBases, 'require'>
  readonly clock: Clock
  /** Whether what this node makes is invented. */
  readonly simulated: boolean
}

/** Lines of a timeline a report holds; what is older stays in the record. */
const longestTimeline = 1000

/** What orders need of documents: each is a signed document from the moment it is issued. */
export function orderPapers(documents: DocumentService): OrderPapers {
  return {
    async issue(tx, caller, order, addressees) {
      await documents.issue(tx, caller.scope.actor, {
        kind: order.kind,
        subject: order.id,
        organisation_id: order.organisation_id,
        issuer_id: order.organisation_id,
        issuer_name: order.organisation_name,
        tlp_rank: order.tlp_rank,
        number: order.number,
        title: order.title,
        signer: order.issued_by_name,
        urgency: order.urgency,
        simulated: order.simulated,
        readers: addressees.map(({ organisation_id }) => organisation_id),
        values: (language) => {
          const names = addressees.map(({ organisation_name }) => organisation_name)
          const { report_due_at, ...rest } = order
          const facts = { ...rest, report_due_at: report_due_at ?? '', tlp: tlpOf(order.tlp_rank) }
          return orderValues(facts, names, language)
        },
      })
    },
    withdraw: (tx, caller, orderId, reason) =>
      documents.withdrawAbout(tx, caller.scope.actor, orderId, reason),
  }
}

/** Documents of orders and incidents as their pages ask for them. */
export class SubjectDocuments {
  readonly #parts: SubjectParts

  constructor(parts: SubjectParts) {
    this.#parts = parts
  }

  /** Throws Problem order.not-found. */
  async ofOrder(caller: Caller, id: string): Promise<IssuedDocument | null> {
    const order = await this.#parts.orders.get(caller, id)
    return this.#issued(caller, order.id)
  }

  /** Throws Problem order.not-found, document.not-found. */
  async orderFile(caller: Caller, id: string, format: DocumentFormat): Promise<DocumentFile> {
    const order = await this.#parts.orders.get(caller, id)
    const file = await this.#file(caller, order.id, format)
    if (!file) throw new Problem('document.not-found')
    return file
  }

  /** Throws Problem organisation.not-found, order.basis-ended, document.too-large. */
  orderDraft(caller: Caller, draft: OrderDraft, format: DocumentFormat): Promise<DocumentFile> {
    const { database, documents, names, simulated } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const ids = draft.addressees.map(({ organisation_id }) => organisation_id)
      const known = await names.organisations(tx, ids)
      const unknown = ids.find((id) => !known.has(id))
      if (unknown !== undefined) throw new Problem('organisation.not-found', unknown)
      const addressees = ids.map((id) => known.get(id) ?? '')
      const cited = await this.#parts.bases.require(tx, draft.kind, draft.bases ?? [])
      const shown = withBases(draft, cited)
      const given: DocumentDraft = {
        ...(await this.#issuer(tx, caller)),
        kind: draft.kind,
        tlp_rank: tlpRank(draft.tlp),
        title: draft.title,
        simulated,
        urgency: draft.urgency,
        values: (language) => orderValues(shown, addressees, language),
      }
      return documents.draft(tx, given, format)
    })
  }

  /** Throws Problem incident.not-found. */
  async ofIncident(caller: Caller, id: string): Promise<IssuedDocument | null> {
    const incident = await this.#parts.incidents.get(caller, id)
    return this.#issued(caller, incident.id)
  }

  /** As issued; else of this moment, as a draft. Throws Problem incident.not-found. */
  async incidentFile(caller: Caller, id: string, format: DocumentFormat): Promise<DocumentFile> {
    const { database, documents } = this.#parts
    const incident = await this.#parts.incidents.get(caller, id)
    const kept = await this.#file(caller, id, format)
    if (kept) return kept
    const timeline = await this.#timeline(caller, id)
    return database.transact(caller.scope, async (tx) =>
      documents.draft(tx, await this.#report(tx, caller, incident, timeline), format),
    )
  }

  /** Throws Problem incident.not-found, document.issued-already, document.too-large. */
  async issueReport(caller: Caller, id: string): Promise<IssuedDocument> {
    const { database, documents, numbers } = this.#parts
    const incident = await this.#parts.incidents.get(caller, id)
    const timeline = await this.#timeline(caller, id)
    return database.transact(caller.scope, async (tx) => {
      // Who is merely told of an incident does not report on it.
      await this.#parts.incidents.requireHeld(tx, id)
      const row = await documents.issue(tx, caller.scope.actor, {
        ...(await this.#report(tx, caller, incident, timeline)),
        subject: incident.id,
        number: await numbers.next(tx, 'report', caller.organisation_id),
        organisation_id: incident.organisation_id,
        readers: [],
      })
      return shownDocument(row)
    })
  }

  async #report(
    tx: Tx,
    caller: Caller,
    incident: Incident,
    timeline: readonly TimelineEntry[],
  ): Promise<DocumentDraft> {
    return {
      ...(await this.#issuer(tx, caller)),
      kind: 'incident_report',
      tlp_rank: tlpRank(incident.tlp),
      title: incident.title,
      urgency: 'normal',
      simulated: incident.simulated,
      values: (language) => incidentValues(incident, timeline, language),
    }
  }

  async #issuer(tx: Tx, { organisation_id, scope }: Caller) {
    const { names } = this.#parts
    await requireOrganisation(names, tx, organisation_id)
    const issuer_name = (await names.organisations(tx, [organisation_id])).get(organisation_id)
    return { issuer_id: organisation_id, issuer_name: issuer_name ?? '', signer: scope.actor.name }
  }

  async #timeline(caller: Caller, id: string): Promise<TimelineEntry[]> {
    const entries: TimelineEntry[] = []
    let cursor: string | undefined
    do {
      const query = { limit: 200, ...(cursor !== undefined && { cursor }) }
      const { items, next } = await this.#parts.incidents.timeline(caller, id, query)
      entries.push(...items)
      cursor = next ?? undefined
    } while (cursor !== undefined && entries.length < longestTimeline)
    return entries
  }

  #issued(caller: Caller, subject: string): Promise<IssuedDocument | null> {
    const { database, documents } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await documents.about(tx, subject)
      return row ? shownDocument(row) : null
    })
  }

  async #file(
    caller: Caller,
    subject: string,
    format: DocumentFormat,
  ): Promise<DocumentFile | undefined> {
    const { database, documents } = this.#parts
    const row = await database.transact(caller.scope, (tx) => documents.about(tx, subject))
    return row && documents.file(row, format)
  }
}
