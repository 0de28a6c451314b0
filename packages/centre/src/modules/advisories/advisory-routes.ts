import type { advisoryApi, advisoryDraftApi } from '@haidang/contracts/advisory-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import { sendSheet } from '../../http/send-sheet.ts'
import type { AdvisoryService } from './advisory-service.ts'
import type { DraftService } from './draft-service.ts'
import type { PublishService } from './publish-service.ts'

export function advisoryDraftRoutes(
  drafts: DraftService,
  publishing: PublishService,
): Handlers<typeof advisoryDraftApi> {
  return {
    list: ({ caller, query }) => drafts.list(caller, query),
    get: ({ caller, params }) => drafts.get(caller, params.id),
    create: ({ caller, body }) => drafts.create(caller, body),
    revise: ({ caller, params }) => drafts.revise(caller, params.id),
    change: ({ caller, params, body }) => drafts.change(caller, params.id, body),
    submit: ({ caller, params, body }) => drafts.submit(caller, params.id, body.revision),
    review: ({ caller, params, body }) => drafts.review(caller, params.id, body),
    publish: ({ caller, params, body }) => publishing.publish(caller, params.id, body.revision),
    discard: async ({ caller, params }) => {
      await drafts.discard(caller, params.id)
      return {}
    },
  }
}

export function advisoryRoutes(advisories: AdvisoryService): Handlers<typeof advisoryApi> {
  return {
    list: ({ caller, query }) => advisories.list(caller, query),
    get: ({ caller, params }) => advisories.get(caller, params.id),
    answer: ({ caller, params, body }) => advisories.answer(caller, params.id, body),
    judge: ({ caller, params, body }) => advisories.judge(caller, params.id, body),
    cancel: ({ caller, params, body }) => advisories.cancel(caller, params.id, body.reason),
    addressees: ({ caller, params, query }) => advisories.addressees(caller, params.id, query),
    ladder: ({ caller, params }) => advisories.ladder(caller, params.id, params.organisation),
    export: async ({ caller, params, query, http: { reply } }) =>
      sendSheet(
        reply,
        'advisory-addressees',
        query.format,
        await advisories.sheet(caller, params.id, query),
      ),
    remediation: ({ caller, params }) => advisories.remediation(caller, params.id),
    versions: ({ caller, params }) => advisories.versions(caller, params.id),
  }
}
