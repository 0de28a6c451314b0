import type {
  documentApi,
  documentCertificateApi,
  documentCheckApi,
  documentTemplateApi,
} from '@haidang/contracts/document-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { CertificateService } from '../certificates/certificate-service.ts'
import type { DocumentService } from './document-service.ts'
import type { SubjectDocuments } from './subject-documents.ts'
import type { TemplateService } from './template-service.ts'

export function documentRoutes(
  documents: DocumentService,
  subjects: SubjectDocuments,
): Handlers<typeof documentApi> {
  return {
    list: ({ caller, query }) => documents.list(caller, query),
    withdraw: ({ caller, params, body }) => documents.withdraw(caller, params.id, body.reason),
    ofOrder: async ({ caller, params }) => ({
      document: await subjects.ofOrder(caller, params.id),
    }),
    orderFile: ({ caller, params }) => subjects.orderFile(caller, params.id, params.format),
    orderDraft: ({ caller, body }) => subjects.orderDraft(caller, body.draft, body.format),
    ofIncident: async ({ caller, params }) => ({
      document: await subjects.ofIncident(caller, params.id),
    }),
    incidentFile: ({ caller, params }) => subjects.incidentFile(caller, params.id, params.format),
    issueReport: ({ caller, params }) => subjects.issueReport(caller, params.id),
  }
}

export function documentCheckRoutes(
  documents: DocumentService,
  certificates: CertificateService,
): Handlers<typeof documentCheckApi> {
  return {
    check: ({ body }) => documents.check(body),
    authority: () => certificates.authority(),
  }
}

export function documentTemplateRoutes(
  templates: TemplateService,
): Handlers<typeof documentTemplateApi> {
  return {
    versions: async ({ caller, params }) => ({
      items: await templates.versions(caller, params.kind),
    }),
    save: ({ caller, params, body }) => templates.save(caller, params.kind, body),
    preview: ({ params, body }) => templates.preview(params.kind, body.content, body.format),
  }
}

export function documentCertificateRoutes(
  certificates: CertificateService,
): Handlers<typeof documentCertificateApi> {
  return {
    get: ({ caller }) => certificates.get(caller),
    import: ({ caller, body }) => certificates.import(caller, body),
    remove: ({ caller }) => certificates.remove(caller),
    rotate: ({ caller, body }) => certificates.rotate(caller, body.reason),
  }
}
