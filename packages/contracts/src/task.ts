import { z } from 'zod'
import { changeOf } from './change.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { Tlp } from './tlp.ts'

/** returned: whoever was to do it says that they cannot; cancelled: it need not be done. */
export const TaskState = z.enum(['open', 'doing', 'returned', 'done', 'cancelled'])
export type TaskState = z.infer<typeof TaskState>

const title = z.string().trim().min(3).max(300)
const details = z.string().trim().max(10_000)
const checkText = z.string().trim().min(1).max(500)

/** One line of what has to be gone through. */
export const ChecklistItem = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  text: checkText,
  done: z.boolean().default(false),
})
export type ChecklistItem = z.infer<typeof ChecklistItem>

/** Who is to do it: a person, or whoever an organisation chooses. */
export const TaskAssignee = z.union([
  z.object({ person_id: idOf('person') }),
  z.object({ organisation_id: idOf('organisation') }),
])
export type TaskAssignee = z.infer<typeof TaskAssignee>

/** One thing to do about an incident. */
export const Task = z.object({
  id: idOf('task'),
  incident_id: idOf('incident'),
  incident_number: z.string(),
  incident_title: z.string().nullable().describe('null: the reader may not see the incident'),
  organisation_id: idOf('organisation').describe('the organisation struck'),
  tlp: Tlp,
  position: z.int().describe('place among the tasks of the incident'),
  title: z.string(),
  details: z.string(),
  state: TaskState,
  blocked: z.boolean().describe('something it depends on is not finished'),
  assignee_id: z.string().nullable(),
  assignee_name: z.string().nullable(),
  assignee_organisation_id: z.string().nullable(),
  assignee_organisation_name: z.string().nullable(),
  due_at: Instant.nullable(),
  checklist: z.array(ChecklistItem),
  depends_on: z.array(idOf('task')),
  template_id: z.string().nullable().describe('the template or playbook it was made from'),
  template_task: z.string().nullable().describe('which task of it'),
  template_name: z.string().describe('what that was called when it was taken'),
  template_version: z.int().nullable().describe('which version of it was taken'),
  clause: z.string().describe('of the regulation that asks for it; empty: none does'),
  note: z.string().describe('what was said last: the result, or why not'),
  mine: z.boolean().describe('the reader may say how far it is'),
  simulated: z.boolean(),
  created_at: Instant,
  created_by_name: z.string(),
  updated_at: Instant,
  done_at: Instant.nullable(),
  done_by_name: z.string(),
  version: z.int(),
})
export type Task = z.infer<typeof Task>

export const TaskDraft = z.object({
  title,
  details: details.default(''),
  assignee: TaskAssignee.nullable().default(null),
  due_at: Instant.nullable().default(null),
  checklist: z.array(ChecklistItem).max(100).default([]),
  depends_on: z.array(idOf('task')).max(50).default([]),
})
export type TaskDraft = z.infer<typeof TaskDraft>

const version = z.int().optional().describe('refused if somebody changed it since this version')

export const TaskChange = changeOf(TaskDraft).extend({ version })
export type TaskChange = z.infer<typeof TaskChange>

export const TaskMove = z.object({
  state: TaskState,
  note: z.string().trim().max(4000).default(''),
  version,
})
export type TaskMove = z.infer<typeof TaskMove>

/** What is done with many tasks at once: all of it, or nothing. */
export const TaskBulkAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('assign'), assignee: TaskAssignee.nullable() }),
  z.object({ act: z.literal('due'), due_at: Instant.nullable() }),
  z.object({ act: z.literal('cancel'), note: z.string().trim().min(3).max(4000) }),
])
export type TaskBulkAct = z.infer<typeof TaskBulkAct>
