import type { Jobs } from '@haidang/runtime/jobs'
import type { RetentionService } from './retention-service.ts'

/** Ends records about people that are beyond their period, every night at 03:20 in Vietnam. */
export async function startRetentionJobs(jobs: Jobs, retention: RetentionService): Promise<void> {
  await jobs.every('personal-retention', '20 3 * * *', () => retention.run())
}
