import { join } from 'node:path'
import { taskApi } from '@haidang/contracts/task-api'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import type { ActService } from './modules/approvals/act-service.ts'
import type { IncidentService } from './modules/incidents/incident-service.ts'
import type { IncidentStore } from './modules/incidents/incident-store.ts'
import { IncidentView } from './modules/incidents/incident-view.ts'
import type { ObservableParts } from './modules/observables/observable-service.ts'
import type { PersonService } from './modules/people/person-service.ts'
import { ProgressService } from './modules/tasks/progress-service.ts'
import { taskRoutes } from './modules/tasks/task-routes.ts'
import { TaskService } from './modules/tasks/task-service.ts'
import type { TaskStore } from './modules/tasks/task-store.ts'
import { TaskView } from './modules/tasks/task-view.ts'
import { TemplateService } from './modules/tasks/template-service.ts'
import { serveMyWork } from './my-work/serve-my-work.ts'
import type { Names } from './names.ts'
import { serveObservables } from './observables.ts'
import { openPlaybooks, servePlaybooks } from './playbooks.ts'
import { loadTaskTemplates } from './task-template-files.ts'

interface Parts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly names: Names
  readonly people: Pick<PersonService, 'named'>
  readonly incidents: IncidentService
  readonly incidentStore: IncidentStore
  readonly taskStore: TaskStore
  readonly acts: Pick<ActService, 'all'>
  readonly contentDirectory: string
}

/** The work on incidents: tasks, the templates they are made from, and what is wanted of whoever asks. */
export async function createCasework({ http, gate, people, taskStore: store, ...kept }: Parts) {
  const story = new IncidentView(kept.names)
  const parts = {
    ...kept,
    store,
    view: new TaskView({ ...kept, store, incidents: kept.incidentStore, story }),
    organisationOf: async (tx: Parameters<PersonService['named']>[0], id: string) =>
      (await people.named(tx, [id])).get(id)?.organisation_id,
  }
  const tasks = new TaskService(parts)
  const progress = new ProgressService({ ...parts, tasks })
  const books = await loadTaskTemplates(join(kept.contentDirectory, 'tasks'))
  const plans = await openPlaybooks(kept, () => templates.inForce())
  const templates = new TemplateService({ ...parts, tasks, books, playbooks: plans.offers })
  serve(http, taskApi, taskRoutes(tasks, progress, templates), gate)
  servePlaybooks({ http, gate }, plans)
  serveMyWork({ ...kept, http, gate })
  const named: ObservableParts['named'] = (tx, ids) => kept.incidentStore.named(tx, ids)
  serveObservables({ ...kept, http, gate, named })
}
