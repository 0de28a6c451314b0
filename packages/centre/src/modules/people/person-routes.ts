import type { keyApi, personApi } from '@haidang/contracts/person-api'
import type { serviceAccountApi } from '@haidang/contracts/service-account'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { KeyService } from './key-service.ts'
import type { PersonService } from './person-service.ts'
import type { RoleService } from './role-service.ts'
import type { ServiceAccountService } from './service-account-service.ts'

export function personRoutes(
  people: PersonService,
  roles: RoleService,
): Handlers<typeof personApi> {
  return {
    list: ({ caller, query }) => people.list(caller, query),
    create: ({ caller, body }) => people.create(caller, body),
    update: ({ caller, params, body }) => people.update(caller, params.id, body),
    roles: ({ caller, query }) => roles.list(caller, query),
  }
}

export function keyRoutes(keys: KeyService): Handlers<typeof keyApi> {
  return {
    list: ({ caller, query }) => keys.list(caller, query),
    create: ({ caller, body }) => keys.create(caller, body),
    revoke: ({ caller, params }) => keys.revoke(caller, params.id),
  }
}

export function serviceAccountRoutes(
  accounts: ServiceAccountService,
): Handlers<typeof serviceAccountApi> {
  return {
    list: ({ caller, query }) => accounts.list(caller, query),
    create: ({ caller, body }) => accounts.create(caller, body),
    update: ({ caller, params, body }) => accounts.update(caller, params.id, body),
  }
}
