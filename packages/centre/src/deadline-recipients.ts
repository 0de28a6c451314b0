import type { DeadlineRecipient } from '@haidang/contracts/deadline'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { Told } from './modules/deadlines/escalation-service.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import { TieStore } from './modules/organisations/tie-store.ts'
import { PersonStore } from './modules/people/person-store.ts'
import type { RoleService } from './modules/people/role-service.ts'
import { ShiftStore } from './modules/shifts/shift-store.ts'
import { vietnamDate } from './vietnam-date.ts'

interface RecipientParts {
  readonly organisations: OrganisationService
  readonly roles: RoleService
  readonly clock: Clock
}

/** Roles of those who are told as people of the organisation held to a deadline, or of this node. */
const rolesOf = {
  focal_point: 'focal-point',
  duty_officer: 'watch-officer',
  manager: 'leader',
  coordinator: 'coordinator',
} as const

/** What of a deadline says who is told. */
interface Held {
  readonly organisation_id: string
  readonly assignee_id: string | null
}

/** Who the recipients of a step are today: people in roles, the body above by the tree, the coordinator by its mandate. */
export function deadlineRecipients({ organisations, roles, clock }: RecipientParts) {
  const people = new PersonStore()
  const ties = new TieStore()
  const shifts = new ShiftStore()
  const today = () => vietnamDate(clock.now())
  const inRole = async (tx: Tx, role: keyof typeof rolesOf, organisationId: string) =>
    people.inRoles(tx, [await roles.require(tx, rolesOf[role])], organisationId)
  const ofIts = async (tx: Tx, role: keyof typeof rolesOf, organisationId: string) =>
    (await people.ofOrganisation(tx, [await roles.require(tx, rolesOf[role])], organisationId)).map(
      ({ id }) => id,
    )
  const own = (role: keyof typeof rolesOf) => async (tx: Tx, held: Held) => [
    { organisation_id: held.organisation_id, people: await inRole(tx, role, held.organisation_id) },
  ]
  const finders: Record<
    DeadlineRecipient,
    (tx: Tx, held: Held) => Promise<Omit<Told, 'recipient'>[]>
  > = {
    focal_point: own('focal_point'),
    duty_officer: async (tx, { organisation_id }) => {
      const home = (await organisations.home(tx))?.id ?? ''
      // Whose deadline it is comes first: another body's roster does not stand in for their own people.
      const ways = [
        { id: organisation_id, of: () => shifts.officersAt(tx, organisation_id, clock.iso()) },
        { id: organisation_id, of: () => ofIts(tx, 'duty_officer', organisation_id) },
        { id: home, of: () => shifts.officersAt(tx, home, clock.iso()) },
      ]
      for (const { id, of } of ways) {
        const officers = await of()
        if (officers.length > 0) return [{ organisation_id: id, people: officers }]
      }
      return own('duty_officer')(tx, { organisation_id, assignee_id: null })
    },
    manager: own('manager'),
    assignee: async (_, { assignee_id }) =>
      assignee_id === null ? [] : [{ organisation_id: null, people: [assignee_id] }],
    superior: async (tx, { organisation_id }) => {
      const parent = await ties.parentOn(tx, organisation_id, today())
      if (parent === undefined) return []
      return [{ organisation_id: parent, people: await inRole(tx, 'focal_point', parent) }]
    },
    national_coordinator: async (tx) => {
      const [mandated] = await ties.mandatedOn(tx, 'national_coordinator', today())
      const home = (await organisations.home(tx))?.id
      const id = mandated ?? home
      if (id === undefined) return []
      const focal = await inRole(tx, 'focal_point', id)
      const coordinators = id === home ? await inRole(tx, 'coordinator', id) : []
      return [{ organisation_id: id, people: [...new Set([...coordinators, ...focal])] }]
    },
    administrator: async (tx) => [
      {
        organisation_id: null,
        people: await people.holdersOf(tx, await roles.administering(tx)),
      },
    ],
  }
  return async (tx: Tx, held: Held, tell: readonly DeadlineRecipient[]): Promise<Told[]> => {
    const told: Told[] = []
    for (const recipient of tell) {
      for (const found of await finders[recipient](tx, held)) told.push({ recipient, ...found })
    }
    return told
  }
}
