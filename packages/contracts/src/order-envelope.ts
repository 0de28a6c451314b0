import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { Addressee, LadderEntry, Order } from './order.ts'

/** Payload of envelope `order.issued`. */
export const OrderIssued = Order.pick({
  id: true,
  number: true,
  kind: true,
  urgency: true,
  title: true,
  situation: true,
  actions: true,
  legal_basis: true,
  tlp: true,
  issuer_id: true,
  issuer_name: true,
  report_due_at: true,
  simulated: true,
  issued_by_name: true,
  issued_at: true,
}).extend({
  bases: Order.shape.bases.default([]),
  role: Addressee.shape.role,
  version: z.int().min(1).default(1),
})
export type OrderIssued = z.infer<typeof OrderIssued>

/** Payload of every `order.<step>` envelope after issue. Small evidence travels inside, base64. */
export const OrderStep = z.object({
  order_id: idOf('order'),
  entry: LadderEntry,
  files: z.array(z.object({ id: z.string(), content: z.string() })).default([]),
})
export type OrderStep = z.infer<typeof OrderStep>

/** Payload of envelope `order.changed`: what is asked from now on; it must be read and answered anew. */
export const OrderChanged = OrderIssued.pick({
  id: true,
  version: true,
  urgency: true,
  title: true,
  situation: true,
  actions: true,
  legal_basis: true,
  report_due_at: true,
}).extend({
  reason: z.string().max(4000),
  time: Instant,
  actor_name: z.string().max(300),
})
export type OrderChanged = z.infer<typeof OrderChanged>

/** Payload of envelope `order.withdrawn`. */
export const OrderWithdrawn = z.object({
  order_id: idOf('order'),
  reason: z.string().max(4000),
  time: Instant,
  actor_name: z.string().max(300),
})
export type OrderWithdrawn = z.infer<typeof OrderWithdrawn>

/** Payload of envelope `order.reminded`. */
export const OrderReminded = OrderWithdrawn.omit({ reason: true }).extend({
  note: z.string().max(2_000),
})
export type OrderReminded = z.infer<typeof OrderReminded>

/** Payload of envelope `order.refused`: an answer that was not received any more, and why. */
export const OrderRefused = z.object({
  order_id: idOf('order'),
  entry_id: z.string().max(100),
  step: z.string().max(20),
  reason: z.string().max(300),
  time: Instant,
})
export type OrderRefused = z.infer<typeof OrderRefused>
