import { join } from 'node:path'
import {
  documentApi,
  documentCertificateApi,
  documentCheckApi,
  documentTemplateApi,
} from '@haidang/contracts/document-api'
import { DocumentKeys } from '@haidang/link/keys/document-keys'
import { openSeal } from '@haidang/link/keys/seal'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import { CertificateService } from './modules/certificates/certificate-service.ts'
import { CertificateStore } from './modules/certificates/certificate-store.ts'
import {
  documentCertificateRoutes,
  documentCheckRoutes,
  documentRoutes,
  documentTemplateRoutes,
} from './modules/documents/document-routes.ts'
import { DocumentService } from './modules/documents/document-service.ts'
import { DocumentStore } from './modules/documents/document-store.ts'
import {
  orderPapers,
  SubjectDocuments,
  type SubjectParts,
} from './modules/documents/subject-documents.ts'
import { TemplateService } from './modules/documents/template-service.ts'
import { TemplateStore } from './modules/documents/template-store.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import { loadTemplates } from './template-files.ts'

interface Kept {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

interface DocumentWiring extends Kept {
  readonly blobs: Blobs
  readonly organisations: OrganisationService
  readonly node: {
    readonly dataDirectory: string
    readonly contentDirectory: string
    readonly publicUrls: readonly string[]
  }
}

/** Templates, certificates and what was issued; modules that issue something are given it. */
export async function createDocuments({ blobs, organisations, node, ...kept }: DocumentWiring) {
  const shipped = await loadTemplates(join(node.contentDirectory, 'templates'))
  const templates = new TemplateService({ ...kept, store: new TemplateStore(), shipped })
  const certificates = new CertificateService({
    ...kept,
    store: new CertificateStore(),
    home: (tx) => organisations.home(tx),
    keys: new DocumentKeys(join(node.dataDirectory, 'keys'), kept.clock),
    seal: await openSeal(node.dataDirectory, 'document-certificates'),
  })
  const documents = new DocumentService({
    ...kept,
    blobs,
    templates,
    certificates,
    store: new DocumentStore(),
    publicUrl: node.publicUrls[0],
  })
  return { templates, certificates, documents, papers: orderPapers(documents) }
}
type Documents = Awaited<ReturnType<typeof createDocuments>>

/** Serves documents and what they are made with. */
export function serveDocuments(
  http: FastifyInstance,
  gate: Gate,
  { templates, certificates, documents }: Documents,
  about: Omit<SubjectParts, 'documents'>,
): void {
  const subjects = new SubjectDocuments({ ...about, documents })
  serve(http, documentApi, documentRoutes(documents, subjects), gate)
  serve(http, documentCheckApi, documentCheckRoutes(documents, certificates), gate)
  serve(http, documentTemplateApi, documentTemplateRoutes(templates), gate)
  serve(http, documentCertificateApi, documentCertificateRoutes(certificates), gate)
}
