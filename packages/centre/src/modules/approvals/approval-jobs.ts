import type { Jobs } from '@haidang/runtime/jobs'
import type { ApprovalService } from './approval-service.ts'

/** Closes requests within a minute of the end of their time. */
export async function startApprovalJobs(jobs: Jobs, approvals: ApprovalService): Promise<void> {
  await jobs.every('approval-expired', 60, async () => {
    await approvals.expire()
  })
}
