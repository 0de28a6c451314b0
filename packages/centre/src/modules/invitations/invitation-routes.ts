import type { invitationApi, recoveryApi } from '@haidang/contracts/invitation-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { InvitationService } from './invitation-service.ts'
import type { RecoveryService } from './recovery-service.ts'

export function invitationRoutes(invitations: InvitationService): Handlers<typeof invitationApi> {
  return {
    list: ({ caller, query }) => invitations.list(caller, query),
    create: ({ caller, body }) => invitations.create(caller, body),
    revoke: ({ caller, params }) => invitations.revoke(caller, params.id),
    show: ({ body }) => invitations.show(body.token),
    accept: ({ body }) => invitations.accept(body),
  }
}

export function recoveryRoutes(recovery: RecoveryService): Handlers<typeof recoveryApi> {
  return {
    issue: ({ caller, params, body }) => recovery.issue(caller, params.id, body),
    show: ({ body }) => recovery.show(body.token),
    use: ({ body }) => recovery.use(body.token, body.password),
  }
}
