import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { AccountService } from './modules/accounts/account-service.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import { HandoverService } from './modules/people/handover-service.ts'
import { KeyService } from './modules/people/key-service.ts'
import { KeyStore } from './modules/people/key-store.ts'
import { PersonService } from './modules/people/person-service.ts'
import { PersonStore } from './modules/people/person-store.ts'
import { RoleService } from './modules/people/role-service.ts'
import { RoleStore } from './modules/people/role-store.ts'
import { ServiceAccountService } from './modules/people/service-account-service.ts'
import { ServiceAccountStore } from './modules/people/service-account-store.ts'

interface PeopleParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly organisations: OrganisationService
  readonly accounts: AccountService
}

/** Who can come in: people in their roles, machines somebody answers for, and keys. */
export function createPeople(parts: PeopleParts) {
  const roles = new RoleService(parts.database, new RoleStore())
  const personStore = new PersonStore()
  const machines = new ServiceAccountStore()
  const entering = { ...parts, roles }
  const keys = new KeyService({ ...entering, store: new KeyStore(), accounts: machines })
  const handover = new HandoverService({ ...parts, people: personStore, machines, keys })
  const people = new PersonService({ ...entering, store: personStore, handover })
  const serviceAccounts = new ServiceAccountService({ ...entering, people, keys, store: machines })
  return { roles, personStore, keys, people, serviceAccounts }
}
