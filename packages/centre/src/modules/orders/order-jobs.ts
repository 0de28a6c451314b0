import type { Jobs } from '@haidang/runtime/jobs'
import type { OrderService } from './order-service.ts'

/** Marks ladders late within a minute of their deadline. */
export async function startOrderJobs(jobs: Jobs, orders: OrderService): Promise<void> {
  await jobs.every('order-overdue', 60, async () => {
    await orders.markOverdue()
  })
}
