import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { TimelineEntry } from './incident.ts'
import { PageQuery, pageOf } from './page.ts'
import { Task, TaskAssignee, TaskBulkAct, TaskChange, TaskDraft, TaskMove } from './task.ts'
import { TaskTemplate } from './task-template.ts'

const params = z.object({ id: idOf('task') })
const ofIncident = z.object({ id: idOf('incident') })

/** What has to be done about incidents, by whom, until when. */
export const taskApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/tasks',
    permission: 'task.read',
    summary: 'List tasks of incidents of, and given to, the reader’s organisation',
    query: PageQuery,
    reply: pageOf(Task),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/tasks/:id',
    permission: 'task.read',
    summary: 'Read one task',
    params,
    reply: Task,
  }),
  history: endpoint({
    method: 'GET',
    path: '/api/v1/tasks/:id/history',
    permission: 'task.read',
    summary: 'What happened to a task, oldest first',
    params,
    query: PageQuery,
    reply: pageOf(TimelineEntry),
  }),
  add: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/:id/tasks',
    permission: 'incident.handle',
    summary: 'Add a task to an incident',
    params: ofIncident,
    body: TaskDraft,
    reply: Task,
  }),
  take: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/:id/tasks/from-template',
    permission: 'incident.handle',
    summary: 'Add the tasks of a template or playbook that the incident does not have yet',
    params: ofIncident,
    body: z.object({
      template: z.string().max(60).describe('a national template, or a playbook by its id'),
      assignee: TaskAssignee.nullable().default(null),
    }),
    reply: z.object({ added: z.int() }),
  }),
  order: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/:id/tasks/order',
    permission: 'incident.handle',
    summary: 'Put the tasks of an incident in an order; those not named follow',
    params: ofIncident,
    body: z.object({ ids: z.array(idOf('task')).min(1).max(500) }),
    reply: z.object({}),
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/api/v1/tasks/:id',
    permission: 'incident.handle',
    summary: 'Change a task, or give it to somebody else',
    params,
    body: TaskChange,
    reply: Task,
  }),
  bulk: endpoint({
    method: 'POST',
    path: '/api/v1/tasks/bulk',
    permission: 'incident.handle',
    summary: 'Assign, date or cancel many tasks at once: all, or none',
    body: z.object({ ids: z.array(idOf('task')).min(1).max(200), act: TaskBulkAct }),
    reply: z.object({ changed: z.int() }),
  }),
  move: endpoint({
    method: 'POST',
    path: '/api/v1/tasks/:id/state',
    permission: 'task.answer',
    summary: 'Say how far a task is; cancelling and taking up again ask for incident.handle',
    params,
    body: TaskMove,
    reply: Task,
  }),
  tick: endpoint({
    method: 'POST',
    path: '/api/v1/tasks/:id/checklist',
    permission: 'task.answer',
    summary: 'Tick a line of the checklist, or take the tick away',
    params,
    body: z.object({ item: z.string().max(40), done: z.boolean() }),
    reply: Task,
  }),
  templates: endpoint({
    method: 'GET',
    path: '/api/v1/task-templates',
    permission: 'incident.read',
    summary: 'Templates of tasks in force today',
    reply: z.object({ items: z.array(TaskTemplate) }),
  }),
}
