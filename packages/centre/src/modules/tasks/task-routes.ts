import type { taskApi } from '@haidang/contracts/task-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { ProgressService } from './progress-service.ts'
import type { TaskService } from './task-service.ts'
import type { TemplateService } from './template-service.ts'

export function taskRoutes(
  tasks: TaskService,
  progress: ProgressService,
  templates: TemplateService,
): Handlers<typeof taskApi> {
  return {
    list: ({ caller, query }) => tasks.list(caller, query),
    get: ({ caller, params }) => tasks.get(caller, params.id),
    history: ({ caller, params, query }) => tasks.history(caller, params.id, query),
    add: ({ caller, params, body }) => tasks.add(caller, params.id, body),
    take: ({ caller, params, body }) => templates.take(caller, params.id, body),
    order: async ({ caller, params, body }) => {
      await tasks.order(caller, params.id, body.ids)
      return {}
    },
    change: ({ caller, params, body }) => tasks.change(caller, params.id, body),
    bulk: ({ caller, body }) => tasks.bulk(caller, body.ids, body.act),
    move: ({ caller, params, body }) => progress.move(caller, params.id, body),
    tick: ({ caller, params, body }) => progress.tick(caller, params.id, body.item, body.done),
    templates: async () => ({ items: [...templates.inForce()] }),
  }
}
