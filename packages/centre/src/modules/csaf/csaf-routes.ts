import type { csafApi } from '@haidang/contracts/csaf-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { CsafService } from './csaf-service.ts'

export function csafRoutes(csaf: CsafService): Handlers<typeof csafApi> {
  return {
    document: async ({ caller, params, http: { reply } }) => {
      const { name, document } = await csaf.document(caller, params.id)
      await reply
        .header('content-type', 'application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('cache-control', 'no-store')
        .header('x-content-type-options', 'nosniff')
        .send(`${JSON.stringify(document, null, 2)}\n`)
    },
  }
}
