import type { PayloadOf } from '@haidang/contracts/approval'
import type { RuleSet } from '@haidang/contracts/rule-set'
import type { ruleSetApi } from '@haidang/contracts/rule-set-api'
import type { Caller } from '@haidang/runtime/caller'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { DeliveryService } from './delivery-service.ts'
import type { RuleSetService } from './rule-set-service.ts'

export function ruleSetRoutes(
  sets: RuleSetService,
  acts: {
    readonly publish: (caller: Caller, payload: PayloadOf<'rule-set.publish'>) => Promise<RuleSet>
    readonly rollOut: (caller: Caller, payload: PayloadOf<'rule-set.roll-out'>) => Promise<RuleSet>
  },
  delivery: DeliveryService,
): Handlers<typeof ruleSetApi> {
  return {
    list: ({ caller, query }) => sets.list(caller, query),
    get: ({ caller, params }) => sets.get(caller, params.number),
    publish: ({ caller, body }) => acts.publish(caller, body),
    rollOut: ({ caller, params, body }) => acts.rollOut(caller, { ...params, ...body }),
    rollBack: ({ caller, params, body }) => sets.rollBack(caller, params.number, body.reason),
    drift: ({ caller, query }) => delivery.drift(caller, query),
    setRing: ({ caller, params, body }) => delivery.setRing(caller, params.id, body.ring),
  }
}
