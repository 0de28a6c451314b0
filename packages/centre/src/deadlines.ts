import { join } from 'node:path'
import { deadlineApi } from '@haidang/contracts/deadline-api'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import { readContents } from './content-file.ts'
import { deadlineRecipients } from './deadline-recipients.ts'
import { ClockService, type Reckoner } from './modules/deadlines/clock-service.ts'
import { startDeadlineJobs } from './modules/deadlines/deadline-jobs.ts'
import { deadlineRoutes } from './modules/deadlines/deadline-routes.ts'
import { DeadlineService } from './modules/deadlines/deadline-service.ts'
import { DeadlineStore } from './modules/deadlines/deadline-store.ts'
import { DeadlineView } from './modules/deadlines/deadline-view.ts'
import { EscalationRules } from './modules/deadlines/escalation.ts'
import { EscalationService } from './modules/deadlines/escalation-service.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { RoleService } from './modules/people/role-service.ts'
import type { Names } from './names.ts'

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
  const escalation = await readContents(join(parts.contentDirectory, 'escalation'), EscalationRules)
  const kept = { database, journal, clock, newId, store: new DeadlineStore() }
  const clocks = new ClockService({ ...kept, reckoner: parts.book, escalation })
  const reading = { ...kept, clocks, reckoner: parts.book, view: new DeadlineView(names) }
  const deadlines = new DeadlineService(reading)
  serve(http, deadlineApi, deadlineRoutes(deadlines), gate)
  const steps = new EscalationService({ ...kept, clocks, toldOf: deadlineRecipients(parts) })
  await startDeadlineJobs(jobs, steps)
  return { clocks, deadlines, steps, following: journal.follow(steps, signal) }
}
