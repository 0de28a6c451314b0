import type { Caller } from '@haidang/runtime/caller'
import { isOwnRow } from '../../signed-in.ts'
import type { TaskRow } from './task-tables.ts'

type Standing = Pick<TaskRow, 'organisation_id' | 'assignee_id' | 'assignee_organisation_id'>

/** Whether somebody handles the incident of a task: being given a task of it is not enough. */
export function mayHandle(caller: Caller, row: Standing): boolean {
  return caller.permissions.has('incident.handle') && isOwnRow(caller, row)
}

/** Whether somebody may say how far a task is: who was given it, one’s organisation, or who handles the incident. */
export function mayProgress(caller: Caller, row: Standing): boolean {
  if (!caller.permissions.has('task.answer')) return false
  if (mayHandle(caller, row)) return true
  if (row.assignee_id !== null) return caller.person_id === row.assignee_id
  return caller.organisation_id === row.assignee_organisation_id
}
