import type { membershipApi } from '@haidang/contracts/membership'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { MembershipService } from './membership-service.ts'

export function membershipRoutes(memberships: MembershipService): Handlers<typeof membershipApi> {
  return {
    get: ({ caller, params }) => memberships.get(caller, params.id),
    apply: ({ caller, params, body }) =>
      memberships.move(caller, params.id, {
        act: 'apply',
        reason: '',
        application: body,
        authority: 'organisation.propose',
      }),
    leave: ({ caller, params, body }) =>
      memberships.move(caller, params.id, {
        act: 'leave',
        reason: body.reason,
        authority: 'organisation.propose',
      }),
    move: ({ caller, params, body }) =>
      memberships.move(caller, params.id, { ...body, authority: 'membership.manage' }),
  }
}
