import type { PayloadOf } from '@haidang/contracts/approval'
import type { expertApi } from '@haidang/contracts/expert-api'
import type { Caller } from '@haidang/runtime/caller'
import type { Handlers } from '@haidang/runtime/http/serve'
import { sendSheet } from '../../http/send-sheet.ts'
import type { ExpertService } from './expert-service.ts'

export function expertRoutes(
  experts: ExpertService,
  requireMayExport: (
    caller: Caller,
    asked: PayloadOf<'expert.export'>,
    approval: string | undefined,
  ) => Promise<void>,
): Handlers<typeof expertApi> {
  return {
    list: ({ caller, query }) => experts.list(caller, query),
    export: async ({ caller, query: { approval, ...asked }, http: { reply } }) => {
      await requireMayExport(caller, asked, approval)
      return sendSheet(reply, 'experts', asked.format, await experts.export(caller, asked))
    },
    specialities: async () => experts.competence,
    add: ({ caller, params, body }) => experts.add(caller, params.id, body),
    change: ({ caller, params, body }) => experts.change(caller, params, body),
    remove: ({ caller, params }) => experts.remove(caller, params),
  }
}
