import { likenessApi } from '@haidang/contracts/likeness-api'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { FastifyInstance } from 'fastify'
import type { LikenessView } from './likeness-view.ts'

/** Which incidents resemble one, opened or not yet. */
export function serveLikeness(http: FastifyInstance, gate: Gate, view: LikenessView): void {
  serve(
    http,
    likenessApi,
    {
      of: ({ caller, params }) => view.of(caller, params.id),
      draft: ({ caller, query }) => view.draft(caller, query),
    },
    gate,
  )
}
