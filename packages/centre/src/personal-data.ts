import { personalDataApi } from '@haidang/contracts/personal-data-api'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import type { PersonService } from './modules/people/person-service.ts'
import { personalDataRoutes } from './modules/personal-data/personal-data-routes.ts'
import { RedactionService } from './modules/personal-data/redaction-service.ts'
import { RedactionStore } from './modules/personal-data/redaction-store.ts'
import { RetentionService } from './modules/personal-data/retention-service.ts'
import { RetentionStore } from './modules/personal-data/retention-store.ts'

interface PersonalDataParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly people: PersonService
  readonly administrators: (tx: Tx) => Promise<readonly string[]>
}

/** How long records about people are kept, and removing those of one person. */
export function servePersonalData(parts: PersonalDataParts): RetentionService {
  const redactions = new RedactionService({ ...parts, store: new RedactionStore() })
  const retention = new RetentionService({ ...parts, redactions, store: new RetentionStore() })
  serve(parts.http, personalDataApi, personalDataRoutes(retention, redactions), parts.gate)
  return retention
}
