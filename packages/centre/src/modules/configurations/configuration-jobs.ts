import type { Jobs } from '@haidang/runtime/jobs'
import type { ConfigurationDelivery } from './configuration-delivery.ts'

/** Seconds. */
const deliverEvery = 5

/** Brings the plan to the stations it reaches, also to those that join later. */
export async function startConfigurationJobs(
  jobs: Jobs,
  delivery: ConfigurationDelivery,
): Promise<void> {
  await jobs.every(
    'configurations.deliver',
    deliverEvery,
    async () => void (await delivery.deliver()),
  )
}
