import type { SessionFactor } from '@haidang/contracts/factor'
import type { Me } from '@haidang/contracts/person'
import type { Tx } from '@haidang/runtime/database/database'
import type { FactorService } from '../factors/factor-service.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { PersonService } from '../people/person-service.ts'
import type { RoleService } from '../people/role-service.ts'
import type { SettingService } from '../settings/setting-service.ts'

/** What this node is, apart from what is in its tables. */
export interface NodeFacts {
  readonly id: string
  readonly version: string
  readonly simulated: boolean
  /** Whether it has nodes above and below it, as the link knows. */
  ties(): Promise<{ readonly has_parent: boolean; readonly has_children: boolean }>
}

interface MeParts {
  readonly people: PersonService
  readonly roles: RoleService
  readonly organisations: OrganisationService
  readonly settings: SettingService
  readonly factors: FactorService
  readonly node: NodeFacts
}

/** Who is signed in, and on what node: what the portal asks first. */
export class MeView {
  readonly #parts: MeParts

  constructor(parts: MeParts) {
    this.#parts = parts
  }

  /** `ties` is asked outside of the transaction and handed in. Needs the scope of the node. */
  async of(
    tx: Tx,
    personId: string,
    ties: Awaited<ReturnType<NodeFacts['ties']>>,
    factor: SessionFactor,
  ): Promise<Me> {
    const { people, roles, organisations, settings, factors, node } = this.#parts
    const person = await people.get(tx, personId)
    const factor_missing = await factors.missing(tx, person, factor)
    const role = await roles.require(tx, person.role_id)
    const home = await organisations.home(tx)
    const { name } = await settings.read(tx)
    return {
      person,
      role,
      permissions: factor_missing ? [] : role.permissions,
      factor_missing,
      node: {
        id: node.id,
        name,
        organisation_id: home?.id ?? person.organisation_id,
        organisation_name: home?.name ?? '',
        version: node.version,
        simulated: node.simulated,
        ...ties,
      },
    }
  }

  ties(): ReturnType<NodeFacts['ties']> {
    return this.#parts.node.ties()
  }
}
