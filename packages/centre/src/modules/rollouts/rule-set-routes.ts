import type { ruleSetApi } from '@haidang/contracts/rule-set-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { DeliveryService } from './delivery-service.ts'
import type { RuleSetService } from './rule-set-service.ts'

export function ruleSetRoutes(
  sets: RuleSetService,
  delivery: DeliveryService,
): Handlers<typeof ruleSetApi> {
  return {
    list: ({ caller, query }) => sets.list(caller, query),
    get: ({ caller, params }) => sets.get(caller, params.number),
    publish: ({ caller, body }) => sets.publish(caller, body.note),
    rollOut: ({ caller, params, body }) => sets.rollOut(caller, params.number, body.ring),
    rollBack: ({ caller, params, body }) => sets.rollBack(caller, params.number, body.reason),
    drift: ({ caller, query }) => delivery.drift(caller, query),
    setRing: ({ caller, params, body }) => delivery.setRing(caller, params.id, body.ring),
  }
}
