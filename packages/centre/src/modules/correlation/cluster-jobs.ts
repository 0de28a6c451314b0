import type { Jobs } from '@haidang/runtime/jobs'
import type { TriageService } from './triage-service.ts'

/** Brings snoozed clusters back within half a minute of their time. */
export async function startClusterJobs(jobs: Jobs, triage: TriageService): Promise<void> {
  await jobs.every('cluster-wake', 30, async () => {
    await triage.wake()
  })
}
