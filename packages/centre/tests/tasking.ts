import { join } from 'node:path'
import { IncidentDraft } from '@haidang/contracts/incident'
import { TaskDraft } from '@haidang/contracts/task'
import type { Caller } from '@haidang/runtime/caller'
import { ManualClock } from '@haidang/runtime/clock'
import { idsFrom } from '@haidang/runtime/ids'
import { IncidentStore } from '../src/modules/incidents/incident-store.ts'
import { IncidentView } from '../src/modules/incidents/incident-view.ts'
import { ProgressService } from '../src/modules/tasks/progress-service.ts'
import { TaskService } from '../src/modules/tasks/task-service.ts'
import { TaskStore } from '../src/modules/tasks/task-store.ts'
import { TaskView } from '../src/modules/tasks/task-view.ts'
import { TemplateService } from '../src/modules/tasks/template-service.ts'
import { openPlaybooks } from '../src/playbooks.ts'
import { loadTaskTemplates } from '../src/task-template-files.ts'
import { caller, centreOrg, doing, ministryOrg, provinceOrg } from './doing.ts'

const ids = idsFrom(new ManualClock('2026-01-03T00:00:00.000Z'))

/** Somebody else each time. */
function someone(organisation: string, organisations: 'all' | string[]): Caller {
  const id = ids('person')
  const one = caller(organisation, { organisations })
  return { ...one, person_id: id, scope: { ...one.scope, actor: { id, name: `Người ${id}` } } }
}
/** Handles incidents of the whole node. */
export const handler = someone(centreOrg, 'all')
/** Somebody of the province, who does not handle incidents, and a colleague. */
export const [doer, colleague] = [
  someone(provinceOrg, [provinceOrg]),
  someone(provinceOrg, [provinceOrg]),
]
for (const one of [doer, colleague]) (one.permissions as Set<string>).delete('incident.handle')

/** A task to be written, by its title. */
export const taskOf = (title: string, change: Partial<TaskDraft> = {}): TaskDraft =>
  TaskDraft.parse({ title, ...change })

/** Incidents with tasks on a database of their own, with a clock set by hand. */
export async function tasking() {
  const node = await doing()
  const { database, clock, journal, incidents } = node
  const newId = idsFrom(clock)
  const pick = async (_: unknown, wanted: readonly string[]) =>
    new Map(wanted.map((id) => [id, `Tên ${id}`]))
  const names = { organisations: pick, sources: pick, people: pick, stations: pick }
  const store = new TaskStore()
  const homes = new Map([doer, colleague].map(({ person_id }) => [person_id, provinceOrg]))
  const parts = {
    database,
    clock,
    journal,
    newId,
    names,
    store,
    incidents,
    view: new TaskView({
      names,
      store,
      incidents: new IncidentStore(),
      story: new IncidentView(names),
    }),
    organisationOf: async (_: unknown, id: string) => homes.get(id),
  }
  const tasks = new TaskService(parts)
  const books = await loadTaskTemplates(join(import.meta.dirname, '../../../content/tasks'))
  const contentDirectory = join(import.meta.dirname, '../../../content')
  const plans = await openPlaybooks({ ...parts, contentDirectory }, () => templates.inForce())
  const templates = new TemplateService({ ...parts, tasks, books, playbooks: plans.offers })
  const opened = (tlp: IncidentDraft['tlp'] = 'amber') =>
    incidents.open(
      handler,
      IncidentDraft.parse({ title: 'Mã độc lan trong mạng', tlp, organisation_id: ministryOrg }),
    )
  return {
    ...node,
    names,
    tasks,
    progress: new ProgressService({ ...parts, tasks }),
    templates,
    ...plans,
    opened,
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  }
}
