import { advisoryDraftApi } from '@haidang/contracts/advisory-api'
import { createClient, type Send } from '@haidang/contracts/client'
import type { Tlp } from '@haidang/contracts/tlp'
import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'
import type { CentreNode } from './centre-node.ts'

const list: Sample = { names: 'nothing' }
const ofAdvisory = (of: Holding) => ({ params: { id: of.advisory } })
const ofLadder = (of: Holding) => ({ params: { id: of.advisory, organisation: of.organisation } })
const ofDraft = (of: Holding) => ({ params: { id: of.advisoryDraft } })
const revision = { revision: 1 }

function contentOf(tlp: Tlp) {
  return {
    kind: 'advisory' as const,
    tlp,
    severity: 'high' as const,
    title: { vi: 'Thử' },
    summary: { vi: 'Thử' },
    action: { vi: 'Vá' },
  }
}

/** How the endpoints of advisories are called. */
export const advisorySamples: Readonly<Record<string, (of: Holding, node: CentreNode) => Sample>> =
  {
    'advisoryDraftApi.list': () => list,
    'advisoryDraftApi.get': ofDraft,
    'advisoryDraftApi.create': () => ({ ...list, body: { content: contentOf('clear') } }),
    'advisoryDraftApi.revise': ofAdvisory,
    'advisoryDraftApi.change': (of) => ({ ...ofDraft(of), body: revision }),
    'advisoryDraftApi.submit': (of) => ({ ...ofDraft(of), body: revision }),
    'advisoryDraftApi.review': (of) => ({
      ...ofDraft(of),
      body: { ...revision, verdict: 'approved' },
    }),
    'advisoryDraftApi.publish': (of) => ({ ...ofDraft(of), body: revision }),
    'advisoryDraftApi.discard': (_, node) => ({
      ...list,
      params: { id: node.newId('advisory') },
    }),
    'advisoryApi.list': () => list,
    'advisoryApi.get': ofAdvisory,
    'advisoryApi.answer': (of) => ({
      ...ofAdvisory(of),
      body: { assessment: 'affected', version: 1 },
    }),
    'advisoryApi.judge': (of) => ({
      ...ofAdvisory(of),
      body: { organisation_id: of.organisation, verdict: 'verified' },
    }),
    'advisoryApi.cancel': (of) => ({ ...ofAdvisory(of), body: { reason: 'thử' } }),
    'advisoryApi.addressees': ofAdvisory,
    'advisoryApi.ladder': ofLadder,
    'advisoryApi.export': (of) => ({ ...ofAdvisory(of), query: { format: 'csv' } }),
    'advisoryApi.remediation': ofAdvisory,
    'advisoryApi.versions': ofAdvisory,
    'csafApi.document': ofAdvisory,
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
    body: { content: contentOf(tlp), addressees: [{ organisation_id: organisation }] },
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
    body: { content: contentOf(tlp), addressees: [{ organisation_id }] },
  })
  return id
}
