import type { audienceApi } from '@haidang/contracts/audience-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { AudienceService, Things } from './audience-service.ts'

export function audienceRoutes(
  audiences: AudienceService,
  things: Things,
): Handlers<typeof audienceApi> {
  return {
    preview: ({ caller, body, query }) => audiences.preview(caller, things, body, query),
    ofIncident: ({ caller, params: { id }, query }) =>
      audiences.of(caller, things, { kind: 'incident', id }, query),
    ofOrder: ({ caller, params: { id }, query }) =>
      audiences.of(caller, things, { kind: 'order', id }, query),
    ofSystem: ({ caller, params: { id }, query }) =>
      audiences.of(caller, things, { kind: 'system', id }, query),
  }
}
