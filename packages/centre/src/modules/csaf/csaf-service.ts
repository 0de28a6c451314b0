import type { Caller } from '@haidang/runtime/caller'
import type { Database } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { AdvisoryStore } from '../advisories/advisory-store.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import { csafDocument, csafFileName } from './csaf-document.ts'

interface CsafParts {
  readonly database: Database
  readonly store: AdvisoryStore
  readonly organisations: Pick<OrganisationService, 'require'>
}

/** Advisories as the machines of others read them. */
export class CsafService {
  readonly #parts: CsafParts

  constructor(parts: CsafParts) {
    this.#parts = parts
  }

  /**
   * What was published as a CSAF 2.0 document, for its issuer. Throws Problem advisory.not-found,
   * advisory.not-yours, advisory.no-website.
   */
  document(caller: Caller, id: string): Promise<{ name: string; document: object }> {
    const { database, store, organisations } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await store.get(tx, id)
      if (!row) throw new Problem('advisory.not-found')
      if (row.organisation_id !== caller.organisation_id) throw new Problem('advisory.not-yours')
      const { website } = await organisations.require(tx, row.organisation_id)
      if (!website) throw new Problem('advisory.no-website')
      const versions = await store.versions(tx, id)
      const publisher = { name: row.organisation_name, namespace: website }
      const document = csafDocument({ ...row, versions }, publisher)
      return { name: csafFileName(row.number), document }
    })
  }
}
