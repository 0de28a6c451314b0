import type {
  Advisory,
  AdvisoryAddressee,
  AdvisoryEntry,
  AdvisoryLine,
  AdvisoryVersion,
} from '@haidang/contracts/advisory'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import type { AddresseeStore } from './addressee-store.ts'
import { tallyOf } from './advisory.ts'
import type { AdvisoryFacts } from './advisory-store.ts'
import type { AddresseeRow, EntryRow, VersionRow } from './advisory-tables.ts'

/** Advisories and their ladders as screens show them, as far as the reader may see. */
export class AdvisoryView {
  readonly #ladders: AddresseeStore

  constructor(ladders: AddresseeStore) {
    this.#ladders = ladders
  }

  /** Advisories as an organisation reads them, each with its own ladder. */
  async many(tx: Tx, rows: readonly AdvisoryFacts[], readerId: string): Promise<Advisory[]> {
    const ids = rows.map(({ id }) => id)
    const tallies = await this.#ladders.tallies(tx, ids)
    const own = new Map(
      (await this.#ladders.own(tx, ids, readerId)).map((one) => [one.advisory_id, one]),
    )
    return rows.map((row) => {
      const ladder = own.get(row.id)
      const isIssuer = !row.remote && row.organisation_id === readerId
      return {
        id: row.id,
        number: row.number,
        state: row.state,
        version: row.version,
        content: row.content,
        issuer_id: row.organisation_id,
        issuer_name: row.organisation_name,
        remote: row.remote,
        mine: isIssuer ? 'issuer' : ladder ? 'addressee' : 'observer',
        tally: tallies.get(row.id) ?? tallyOf([]),
        own: ladder ? addresseeOf(ladder) : null,
        published_at: row.published_at,
        published_by_name: row.published_by_name,
        updated_at: row.updated_at,
        simulated: row.simulated,
      }
    })
  }

  async one(tx: Tx, row: AdvisoryFacts, readerId: string): Promise<Advisory> {
    const [shown] = await this.many(tx, [row], readerId)
    if (!shown) throw new Error('an advisory that is there is shown')
    return shown
  }

  /** One page of the ladders of an advisory. */
  async lines(tx: Tx, id: string, query: PageQuery): Promise<Page<AdvisoryLine>> {
    const { items, ...page } = await this.#ladders.list(tx, id, query)
    return {
      ...page,
      items: items.map((row) => {
        const { details, ...line } = addresseeOf(row)
        return { ...line, detail_count: details.length }
      }),
    }
  }

  /** One ladder with all that was said on it. */
  async ladder(
    tx: Tx,
    row: AddresseeRow,
  ): Promise<AdvisoryAddressee & { entries: AdvisoryEntry[] }> {
    const entries = await this.#ladders.entries(tx, row)
    return {
      ...addresseeOf(row),
      entries: entries.map(entryOf),
    }
  }
}

/** A ladder as its organisation and the issuer see it. */
export function addresseeOf(row: AddresseeRow): AdvisoryAddressee {
  const { organisation_id, organisation_name, organisation_kind, step, assessment, note } = row
  const { systems, due_at, overdue, over_link, version, details, delivered_at, read_at } = row
  const { assessed_at, remediated_at, verified_at } = row
  return {
    organisation_id,
    organisation_name,
    organisation_kind,
    step,
    assessment,
    note,
    systems,
    due_at,
    overdue,
    over_link,
    version,
    details,
    delivered_at,
    read_at,
    assessed_at,
    remediated_at,
    verified_at,
  }
}

/** A version as readers see it. */
export function versionOf(row: VersionRow): AdvisoryVersion {
  const { version, state, time, actor_name, change_note, content } = row
  return { version, state, time, actor_name, change_note, content }
}

function entryOf(row: EntryRow): AdvisoryEntry {
  const { id, step, assessment, note, systems, time, actor_name, version, proof = null } = row
  return { id, step, assessment, note, systems, time, actor_name, version, proof }
}
