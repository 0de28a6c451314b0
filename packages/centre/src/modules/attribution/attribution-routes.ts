import type { attributionApi } from '@haidang/contracts/attribution'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { AttributionService } from './attribution-service.ts'
import type { RangeService } from './range-service.ts'

export function attributionRoutes(
  attribution: AttributionService,
  ranges: RangeService,
  anew: Pick<Handlers<typeof attributionApi>, 'preview' | 'changes' | 'steps'>,
): Handlers<typeof attributionApi> {
  return {
    whose: ({ caller, query }) => attribution.whose(caller, query),
    ranges: ({ caller, params, query }) => ranges.list(caller, params.id, query),
    add: async ({ caller, params, body }) => ({
      ranges: await ranges.add(caller, params.id, body.ranges),
    }),
    confirm: async ({ caller, params, body }) => ({
      ranges: await ranges.confirm(caller, params.id, body.ranges),
    }),
    ...anew,
    change: ({ caller, params, body }) => ranges.change(caller, params, body),
    remove: async ({ caller, params }) => {
      await ranges.remove(caller, params)
      return {}
    },
  }
}
