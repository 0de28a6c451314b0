import type { effortApi } from '@haidang/contracts/effort-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { EffortService } from './effort-service.ts'

export function effortRoutes(efforts: EffortService): Handlers<typeof effortApi> {
  return {
    rules: async () => efforts.rules,
    list: ({ caller, query }) => efforts.list(caller, query),
    get: ({ caller, params }) => efforts.get(caller, params.id),
    create: ({ caller, body: { order_id, ...draft } }) => efforts.create(caller, order_id, draft),
    update: ({ caller, params, body: { version, ...draft } }) =>
      efforts.update(caller, params.id, version, draft),
    submit: ({ caller, params, body }) => efforts.submit(caller, params.id, body.version),
    withdraw: ({ caller, params, body }) =>
      efforts.withdraw(caller, params.id, body.version, body.reason),
    check: ({ caller, params, body: { version, ...found } }) =>
      efforts.check(caller, params.id, version, found),
    return: ({ caller, params, body }) =>
      efforts.return(caller, params.id, body.version, body.reason),
    agree: ({ caller, params, body }) => efforts.agree(caller, params.id, body.version, body),
    approve: ({ caller, params, body }) =>
      efforts.approve(caller, params.id, body.version, body.note),
    pay: ({ caller, params, body: { version, ...payment } }) =>
      efforts.pay(caller, params.id, version, payment),
  }
}
