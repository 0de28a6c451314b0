import type { Jobs } from '@haidang/runtime/jobs'
import type { SpreadService } from './spread-service.ts'
import type { TriageService } from './triage-service.ts'

/** Brings snoozed clusters back, and finds what spreads over organisations, within half a minute. */
export async function startClusterJobs(
  jobs: Jobs,
  triage: TriageService,
  spread: SpreadService,
): Promise<void> {
  await jobs.every('cluster-wake', 30, async () => {
    await triage.wake()
  })
  await jobs.every('cluster-spread', 30, () => spread.look())
}
