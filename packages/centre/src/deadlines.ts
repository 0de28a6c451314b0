import { join } from 'node:path'
import type { DeadlineRecipient } from '@haidang/contracts/deadline'
import { deadlineApi } from '@haidang/contracts/deadline-api'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import { loadEscalation } from './escalation-files.ts'
import { ClockService, type Reckoner } from './modules/deadlines/clock-service.ts'
import { startDeadlineJobs } from './modules/deadlines/deadline-jobs.ts'
import { deadlineRoutes } from './modules/deadlines/deadline-routes.ts'
import { DeadlineService } from './modules/deadlines/deadline-service.ts'
import { DeadlineStore } from './modules/deadlines/deadline-store.ts'
import { DeadlineView } from './modules/deadlines/deadline-view.ts'
import { EscalationService, type Told } from './modules/deadlines/escalation-service.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import { TieStore } from './modules/organisations/tie-store.ts'
import { PersonStore } from './modules/people/person-store.ts'
import type { RoleService } from './modules/people/role-service.ts'
import { ShiftStore } from './modules/shifts/shift-store.ts'
import type { Names } from './names.ts'
import { vietnamDate } from './vietnam-date.ts'

interface DeadlineParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly jobs: Jobs
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly organisations: OrganisationService
  readonly roles: RoleService
  readonly names: Names
  readonly book: Reckoner
  readonly contentDirectory: string
  readonly signal: AbortSignal
}

/** Deadlines under way: reckoned, reminded of, escalated. */
export async function createDeadlines(parts: DeadlineParts) {
  const { http, gate, jobs, database, journal, clock, newId, names, signal } = parts
  const escalation = await loadEscalation(join(parts.contentDirectory, 'escalation'))
  const kept = { database, journal, clock, newId, store: new DeadlineStore() }
  const clocks = new ClockService({ ...kept, reckoner: parts.book, escalation })
  const reading = { ...kept, clocks, reckoner: parts.book, view: new DeadlineView(names) }
  const deadlines = new DeadlineService(reading)
  serve(http, deadlineApi, deadlineRoutes(deadlines), gate)
  const steps = new EscalationService({ ...kept, clocks, toldOf: recipients(parts) })
  await startDeadlineJobs(jobs, steps)
  return { clocks, deadlines, steps, following: journal.follow(steps, signal) }
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
function recipients({
  organisations,
  roles,
  clock,
}: Pick<DeadlineParts, 'organisations' | 'roles' | 'clock'>) {
  const people = new PersonStore()
  const ties = new TieStore()
  const shifts = new ShiftStore()
  const today = () => vietnamDate(clock.now())
  const inRole = async (tx: Tx, role: keyof typeof rolesOf, organisationId: string) =>
    people.inRoles(tx, [await roles.require(tx, rolesOf[role])], organisationId)
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
      for (const id of [organisation_id, home]) {
        const officers = await shifts.officersAt(tx, id, clock.iso())
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
