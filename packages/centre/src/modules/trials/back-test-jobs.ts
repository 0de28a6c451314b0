import type { Jobs } from '@haidang/runtime/jobs'
import type { BackTestService } from './back-test-service.ts'

const name = 'rules.back-test'

/** Keeps a back-test in the database until a worker has done it. */
export function sendBackTest(jobs: Jobs, id: string): Promise<void> {
  return jobs.send(name, { id })
}

/** Does back-tests, one at a time. */
export async function startBackTestJobs(jobs: Jobs, tests: BackTestService): Promise<void> {
  await tests.resume()
  await jobs.work<{ id: string }>(name, ({ id }) => tests.run(id))
}
