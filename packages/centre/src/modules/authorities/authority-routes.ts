import type { authorityApi } from '@haidang/contracts/authority-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { AuthorityService } from './authority-service.ts'

export function authorityRoutes(authorities: AuthorityService): Handlers<typeof authorityApi> {
  return {
    get: ({ caller }) => authorities.get(caller),
    rotate: ({ caller, body }) => authorities.rotate(caller, body.overlap_days, body.reason),
    retire: ({ caller, body }) => authorities.retire(caller, body),
    replace: ({ caller, body }) => authorities.replace(caller, body.reason),
    signingKeys: async ({ caller }) => ({ items: await authorities.signingKeys(caller) }),
    rotateSigningKey: async ({ caller, body }) => ({
      items: await authorities.rotateSigningKey(caller, body.reason),
    }),
    replaceSigningKey: async ({ caller, body }) => ({
      items: await authorities.replaceSigningKey(caller, body.reason, body.lost_at),
    }),
  }
}
