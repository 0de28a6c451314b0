import { advisoryDraftApi } from '@haidang/contracts/advisory-api'
import { createClient, type Send } from '@haidang/contracts/client'
import type { Tlp } from '@haidang/contracts/tlp'
import type { CentreNode } from './centre-node.ts'

const revision = { revision: 1 }

/** What a short advisory says. */
export function advisoryOf(tlp: Tlp) {
  return {
    kind: 'advisory' as const,
    tlp,
    severity: 'high' as const,
    title: { vi: 'Thử' },
    summary: { vi: 'Thử' },
    action: { vi: 'Vá' },
  }
}

/** An advisory the node told one organisation; who approved it is the business of other tests. */
export async function addAdvisory(
  node: CentreNode,
  local: Send,
  organisation: string,
  tlp: Tlp,
): Promise<string> {
  const drafts = createClient(advisoryDraftApi, local)
  const { id } = await drafts.create({
    body: { content: advisoryOf(tlp), addressees: [{ organisation_id: organisation }] },
  })
  await node.database.asOwner(`update advisory_draft set stage = 'approved' where id = $1`, [id])
  await drafts.publish({ params: { id }, body: revision })
  return id
}

/** A draft of the organisation itself. */
export async function addAdvisoryDraft(
  own: Send,
  organisation_id: string,
  tlp: Tlp,
): Promise<string> {
  const { id } = await createClient(advisoryDraftApi, own).create({
    body: { content: advisoryOf(tlp), addressees: [{ organisation_id }] },
  })
  return id
}
