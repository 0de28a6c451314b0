import { advisoryOf } from './access-advisory.ts'
import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'
import type { CentreNode } from './centre-node.ts'

const list: Sample = { names: 'nothing' }
const ofAdvisory = (of: Holding) => ({ params: { id: of.advisory } })
const ofLadder = (of: Holding) => ({ params: { id: of.advisory, organisation: of.organisation } })
const ofDraft = (of: Holding) => ({ params: { id: of.advisoryDraft } })
const revision = { revision: 1 }

/** How the endpoints of advisories are called. */
export const advisorySamples: Readonly<Record<string, (of: Holding, node: CentreNode) => Sample>> =
  {
    'advisoryDraftApi.list': () => list,
    'advisoryDraftApi.get': ofDraft,
    'advisoryDraftApi.create': () => ({ ...list, body: { content: advisoryOf('clear') } }),
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
    'advisoryAddressingApi.preview': (of) => ({
      ...list,
      body: { organisations: [of.organisation] },
    }),
    'advisoryAnswerLinkApi.read': () => ({ ...list, body: { token: 'x'.repeat(43) } }),
    'advisoryAnswerLinkApi.answer': () => ({
      ...list,
      body: {
        token: 'x'.repeat(43),
        request_id: '00000000-0000-4000-8000-000000000001',
        assessment: 'affected',
      },
    }),
    'csafApi.document': ofAdvisory,
    'csafProviderApi.metadata': () => list,
    'csafProviderApi.key': () => ({ ...list, params: { file: 'x.asc' } }),
    'csafProviderApi.list': () => ({ ...list, params: { file: 'index.txt' } }),
    'csafProviderApi.file': () => ({ ...list, params: { year: '2026', file: 'x.json' } }),
    'publicAdvisoryApi.list': () => list,
    'publicAdvisoryApi.get': () => ({ ...list, params: { number: 'x' } }),
  }
