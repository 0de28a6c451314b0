import type { Jobs } from '@haidang/runtime/jobs'
import type { DigestService } from './digest-service.ts'

/** Seconds: a day is signed so soon after it ended in Vietnam, or after the node came back. */
const rhythm = 300

/** Signs the journal's digest of each day. */
export async function startDigestJobs(jobs: Jobs, digests: DigestService): Promise<void> {
  await jobs.every('journal-digest', rhythm, () => digests.turn())
}
