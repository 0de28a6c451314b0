import { join } from 'node:path'
import { PlaybookRules } from '@haidang/contracts/playbook'
import { playbookApi } from '@haidang/contracts/playbook-api'
import type { TaskTemplate } from '@haidang/contracts/task-template'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import { readContent } from './content-file.ts'
import type { IncidentService } from './modules/incidents/incident-service.ts'
import { OfferService } from './modules/playbooks/offer-service.ts'
import { PlaybookFileService } from './modules/playbooks/playbook-file-service.ts'
import { PlaybookRecords } from './modules/playbooks/playbook-records.ts'
import { playbookRoutes } from './modules/playbooks/playbook-routes.ts'
import { PlaybookService } from './modules/playbooks/playbook-service.ts'
import { PlaybookStore } from './modules/playbooks/playbook-store.ts'
import { PlaybookView } from './modules/playbooks/playbook-view.ts'
import type { Names } from './names.ts'

interface PlaybookParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly names: Names
  readonly incidents: Pick<IncidentService, 'require'>
  readonly contentDirectory: string
}

/** Response plans of organisations, reviewed by the rules of the content. `templates`: national ones in force. */
export async function openPlaybooks(
  parts: PlaybookParts,
  templates: () => readonly TaskTemplate[],
) {
  const { names, contentDirectory } = parts
  const rules = await readContent(
    join(contentDirectory, 'playbooks/vn-default.yaml'),
    PlaybookRules,
  )
  const store = new PlaybookStore()
  const view = new PlaybookView({ store, names })
  const records = new PlaybookRecords({ ...parts, store, view })
  return {
    playbooks: new PlaybookService({ ...parts, store, view, records, rules }),
    files: new PlaybookFileService({ ...parts, store, view, records, templates }),
    offers: new OfferService({ ...parts, store }),
  }
}

/** Playbooks by the API. */
export function servePlaybooks(
  { http, gate }: { readonly http: FastifyInstance; readonly gate: Gate },
  { playbooks, files, offers }: Awaited<ReturnType<typeof openPlaybooks>>,
): void {
  serve(http, playbookApi, playbookRoutes(playbooks, files, offers), gate)
}
