import type { Jobs } from '@haidang/runtime/jobs'
import type { EscalationService } from './escalation-service.ts'

/** Reminds and escalates within half a minute of the moment it is due. */
export async function startDeadlineJobs(jobs: Jobs, escalation: EscalationService): Promise<void> {
  await jobs.every('deadline-steps', 30, async () => {
    await escalation.takeDue()
  })
}
