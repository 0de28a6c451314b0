import { join } from 'node:path'
import { expertApi } from '@haidang/contracts/expert-api'
import { isValidOn } from '@haidang/contracts/regulation'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import { loadCompetence } from './competence-file.ts'
import type { ActService } from './modules/approvals/act-service.ts'
import { exportAct } from './modules/approvals/export-act.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import { expertRoutes } from './modules/roster/expert-routes.ts'
import { ExpertService } from './modules/roster/expert-service.ts'
import { ExpertStore } from './modules/roster/expert-store.ts'
import type { RegulationBook } from './modules/settings/regulation-book.ts'
import { vietnamDate } from './vietnam-date.ts'

interface RosterParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly organisations: OrganisationService
  readonly book: RegulationBook
  readonly acts: ActService
  readonly contentDirectory: string
}

/** The experts of members: who can be called upon, and what for. */
export async function createRoster({
  http,
  gate,
  book,
  acts,
  contentDirectory,
  ...kept
}: RosterParts) {
  const { clock } = kept
  const competence = await loadCompetence(join(contentDirectory, 'competence/vn-2017.yaml'))
  const unitsOf = async (tx: Tx) => {
    const today = vietnamDate(clock.now())
    const units = await book.units(tx, clock.iso())
    return new Map(units.filter((unit) => isValidOn(unit, today)).map(({ id, name }) => [id, name]))
  }
  const experts = new ExpertService({ ...kept, competence, unitsOf, store: new ExpertStore() })
  const mayExport = acts.declareRelease(
    exportAct({
      kind: 'expert.export',
      ask: 'expert.read',
      approve: 'expert.manage',
      count: (tx, filter, most) => experts.count(tx, filter, most),
    }),
  )
  serve(http, expertApi, expertRoutes(experts, mayExport), gate)
}
