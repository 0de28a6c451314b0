import { orderDraft } from './access-drafts.ts'
import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'
import type { CentreNode } from './centre-node.ts'
import { documentContent } from './document-content.ts'

const list: Sample = { names: 'nothing' }

/** How documents, their templates and certificates are called. */
export const documentSamples: Readonly<Record<string, (of: Holding, node: CentreNode) => Sample>> =
  {
    'documentApi.list': () => list,
    'documentApi.withdraw': (of) => ({ params: { id: of.document }, body: { reason: 'thử' } }),
    'documentApi.ofOrder': (of) => ({ params: { id: of.order } }),
    'documentApi.orderFile': (of) => ({ params: { id: of.order, format: 'docx' } }),
    'documentApi.orderDraft': (of, node) => ({
      body: { draft: orderDraft(node, of.organisation), format: 'docx' },
    }),
    'documentApi.ofIncident': (of) => ({ params: { id: of.incident } }),
    'documentApi.incidentFile': (of) => ({ params: { id: of.incident, format: 'docx' } }),
    'documentApi.issueReport': (of) => ({ params: { id: of.incident }, body: {} }),
    'documentCheckApi.check': () => ({ ...list, body: { code: '0'.repeat(16) } }),
    'documentCheckApi.authority': () => list,
    'documentTemplateApi.versions': () => ({ ...list, params: { kind: 'order' } }),
    'documentTemplateApi.save': () => ({
      ...list,
      params: { kind: 'minutes' },
      body: { content: documentContent, note: 'thử', base: 0 },
    }),
    'documentTemplateApi.preview': () => ({
      ...list,
      params: { kind: 'minutes' },
      body: { content: documentContent, format: 'docx' },
    }),
    'documentCertificateApi.get': () => list,
    'documentCertificateApi.import': () => ({
      ...list,
      body: { content: 'eA==', password: 'x', reason: 'thử' },
    }),
    'documentCertificateApi.remove': () => list,
    'documentCertificateApi.rotate': () => ({ ...list, body: { reason: 'thử' } }),
  }
