import type { doubtApi } from '@haidang/contracts/doubt'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { DoubtService } from './doubt-service.ts'

export function doubtRoutes(doubts: DoubtService): Handlers<typeof doubtApi> {
  return {
    list: ({ caller, params, query }) => doubts.list(caller, params.id, query),
    mark: ({ caller, params, body }) => doubts.mark(caller, params.id, body),
    lift: ({ caller, params, body }) => doubts.lift(caller, params.id, body.reason),
  }
}
