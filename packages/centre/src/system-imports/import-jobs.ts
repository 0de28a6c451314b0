import type { Jobs } from '@haidang/runtime/jobs'
import type { SystemImportService } from './import-service.ts'

const name = 'systems.import'

/** Keeps an import in the database until a worker has done what it waits for. */
export function sendImport(jobs: Jobs, id: string): Promise<void> {
  return jobs.send(name, { id })
}

/** Reads and writes files of information systems, one at a time. */
export async function startImportJobs(jobs: Jobs, imports: SystemImportService): Promise<void> {
  await imports.resume()
  await jobs.work<{ id: string }>(name, ({ id }) => imports.run(id))
}
