import type { Caller } from '@haidang/runtime/caller'
import { Problem } from '@haidang/runtime/problem'
import type { AdvisoryService } from '../advisories/advisory-service.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import { csafDocument, csafFileName } from './csaf-document.ts'

interface CsafParts {
  readonly advisories: Pick<AdvisoryService, 'get' | 'versions'>
  readonly organisations: Pick<OrganisationService, 'get'>
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
  async document(caller: Caller, id: string): Promise<{ name: string; document: object }> {
    const { advisories, organisations } = this.#parts
    const advisory = await advisories.get(caller, id)
    if (advisory.mine !== 'issuer') throw new Problem('advisory.not-yours')
    const { name, website } = await organisations.get(caller, advisory.issuer_id)
    if (!website) throw new Problem('advisory.no-website')
    const { items: versions } = await advisories.versions(caller, id)
    const document = csafDocument({ ...advisory, versions }, { name, namespace: website })
    return { name: csafFileName(advisory.number), document }
  }
}
