import { durationMilliseconds } from '@haidang/contracts/duration'
import type { PlaybookContent } from '@haidang/contracts/playbook'
import type { TaskAssignee } from '@haidang/contracts/task'
import type { TaskTemplate, TaskTemplates } from '@haidang/contracts/task-template'
import type { Caller } from '@haidang/runtime/caller'
import { isoOf } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'
import { inForceOn } from '../../in-force.ts'
import { vietnamDate } from '../../vietnam-date.ts'
import type { OfferService } from '../playbooks/offer-service.ts'
import type { TaskParts, TaskService, Wanted } from './task-service.ts'

interface TemplateParts extends Pick<TaskParts, 'database' | 'store' | 'clock' | 'newId'> {
  readonly incidents: TaskParts['incidents']
  readonly tasks: Pick<TaskService, 'addTo' | 'assigned'>
  /** Every dated file of templates there is. */
  readonly books: readonly TaskTemplates[]
  readonly playbooks: Pick<OfferService, 'taken'>
}

/** A template or playbook as it is taken. */
interface Taken {
  readonly content: Pick<PlaybookContent, 'name' | 'tasks'>
  readonly version: number | null
}

/** Templates of tasks: dated data, of which those in force are taken. */
export class TemplateService {
  readonly #parts: TemplateParts

  constructor(parts: TemplateParts) {
    this.#parts = parts
  }

  /** Those in force today; of several files the one that came into force last. */
  inForce(): readonly TaskTemplate[] {
    return this.#newest()?.templates ?? []
  }

  /**
   * Adds the tasks of a template or playbook that an incident does not have yet. Throws Problem task.template-unknown,
   * also of a playbook that is not for this incident, and as TaskService.add.
   */
  take(
    caller: Caller,
    incidentId: string,
    {
      template: id,
      assignee,
    }: { readonly template: string; readonly assignee: TaskAssignee | null },
  ): Promise<{ added: number }> {
    const { database, store, clock, newId, incidents, tasks, playbooks } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const incident = await incidents.requireOpen(tx, incidentId)
      const taken = this.#national(id) ?? (await playbooks.taken(tx, caller, incident, id))
      if (!taken) throw new Problem('task.template-unknown')
      const { content, version } = taken
      const to = await tasks.assigned(tx, assignee)
      const had = (await store.ofIncident(tx, incidentId)).filter((row) => row.template_id === id)
      const ids = new Map(had.map((row) => [row.template_task ?? '', row.id]))
      const missing = content.tasks.filter((task) => !ids.has(task.id))
      for (const task of missing) ids.set(task.id, newId('task'))
      const wanted = missing.map((task): Wanted => {
        const { title, details, due, clause, checklist, depends_on } = task
        const due_at = due && isoOf(clock.now() + durationMilliseconds(due))
        return {
          id: ids.get(task.id) ?? '',
          title: title[caller.language],
          details: details?.[caller.language] ?? '',
          due_at: due_at ?? null,
          checklist: checklist.map((line, n) => ({
            id: `c${n + 1}`,
            text: line[caller.language],
            done: false,
          })),
          depends_on: depends_on.map((needed) => ids.get(needed) ?? ''),
          template_id: id,
          template_task: task.id,
          template_name: content.name[caller.language],
          template_version: version,
          clause,
        }
      })
      return { added: (await tasks.addTo(tx, caller, incident, to, wanted)).length }
    })
  }

  #national(id: string): Taken | undefined {
    const content = this.inForce().find((one) => one.id === id)
    return content && { content, version: this.#newest()?.version ?? null }
  }

  #newest(): TaskTemplates | undefined {
    const { books, clock } = this.#parts
    return inForceOn(books, vietnamDate(clock.now()))[0]
  }
}
