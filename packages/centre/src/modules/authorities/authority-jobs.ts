import type { Jobs } from '@haidang/runtime/jobs'
import type { AuthorityService } from './authority-service.ts'

/** Seconds. */
const look = 600

/** Ends authorities whose time is over. */
export async function startAuthorityJobs(jobs: Jobs, authorities: AuthorityService): Promise<void> {
  await jobs.every('authorities.turn', look, () => authorities.turn())
}
