import { savedViewApi } from '@haidang/contracts/saved-view'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import { viewRoutes } from './modules/views/view-routes.ts'
import { ViewService } from './modules/views/view-service.ts'
import { ViewStore } from './modules/views/view-store.ts'

interface SavedViewParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

/** Lists as people filtered and named them. */
export function serveSavedViews({ http, gate, ...kept }: SavedViewParts): void {
  const views = new ViewService({ ...kept, store: new ViewStore() })
  serve(http, savedViewApi, viewRoutes(views), gate)
}
