import { csafProviderApi } from '@haidang/contracts/csaf-api'
import { publicAdvisoryApi } from '@haidang/contracts/public-advisory'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { FastifyInstance } from 'fastify'
import { csafProviderRoutes } from './modules/csaf/csaf-provider-routes.ts'
import { CsafProvider, type CsafProviderParts } from './modules/csaf/csaf-provider-service.ts'
import { publicationRoutes } from './modules/publications/publication-routes.ts'
import {
  type PublicationParts,
  PublicationService,
} from './modules/publications/publication-service.ts'

type PublicationWiring = PublicationParts &
  Omit<CsafProviderParts, 'publications'> & {
    readonly http: FastifyInstance
    readonly gate: Gate
  }

/** What the node tells everybody: advisories of TLP:CLEAR, as pages and as CSAF documents. */
export function servePublications({ http, gate, ...parts }: PublicationWiring): void {
  const publications = new PublicationService(parts)
  const provider = new CsafProvider({ ...parts, publications })
  serve(http, publicAdvisoryApi, publicationRoutes(publications, provider), gate)
  serve(http, csafProviderApi, csafProviderRoutes(provider), gate)
}
