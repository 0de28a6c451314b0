import type { Jobs } from '@haidang/runtime/jobs'
import type { DeliveryService } from './delivery-service.ts'

/** Seconds. */
const deliverEvery = 2

/** Brings what was rolled out to the stations it is for, also to those that join later. */
export async function startRuleSetJobs(jobs: Jobs, delivery: DeliveryService): Promise<void> {
  await jobs.every('rule-sets.deliver', deliverEvery, async () => void (await delivery.deliver()))
}
