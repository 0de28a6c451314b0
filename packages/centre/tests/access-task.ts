import { createClient, type Send } from '@haidang/contracts/client'
import { taskApi } from '@haidang/contracts/task-api'

/** A task of an incident that nobody was given. */
export async function addTask(local: Send, id: string): Promise<string> {
  const checklist = [{ id: 'c1', text: 'thử' }]
  const body = { title: 'Việc thử', checklist }
  return (await createClient(taskApi, local).add({ params: { id }, body })).id
}
