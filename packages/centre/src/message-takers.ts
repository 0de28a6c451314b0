import type { Envelope } from '@haidang/contracts/link'
import { Problem } from '@haidang/runtime/problem'
import { InboxService as AdvisoryInbox } from './modules/advisories/inbox-service.ts'
import { ConfigurationDelivery } from './modules/configurations/configuration-delivery.ts'
import { StationDigestService } from './modules/digests/digest-service.ts'
import { ReportInbox } from './modules/incident-reports/report-inbox.ts'
import { InboxService } from './modules/orders/inbox-service.ts'
import { DeliveryService } from './modules/rollouts/delivery-service.ts'
import { ReleaseService } from './modules/stations/release-service.ts'

type Taker = FromAbove | 'rules' | 'releases' | 'configurations' | 'digests'
type FromAbove = 'orders' | 'advisories' | 'reports'

/** Who of these takes a child's envelope, by its type. */
export function takerOf(
  envelope: Envelope,
  takers: Readonly<Record<Taker, () => Promise<void>>>,
): Promise<void> {
  if (InboxService.handles(envelope.type)) return takers.orders()
  if (AdvisoryInbox.handles(envelope.type)) return takers.advisories()
  if (ReportInbox.handlesUp(envelope.type)) return takers.reports()
  if (ReleaseService.handles(envelope.type)) return takers.releases()
  if (ConfigurationDelivery.handles(envelope.type)) return takers.configurations()
  if (StationDigestService.handles(envelope.type)) return takers.digests()
  return DeliveryService.handles(envelope.type) ? takers.rules() : setAside(envelope)
}

/** A message the link knows by name but nothing here takes is refused, which its sender's journal shows. */
export async function setAside({ type }: Envelope): Promise<void> {
  if (type === 'message.unsupported') return
  throw new Problem('request.invalid', `nothing here takes ${type}`)
}

/** Who of these takes an envelope of the parent, by its type. */
export function parentTakerOf(
  envelope: Envelope,
  takers: Readonly<Record<FromAbove, () => Promise<void>>>,
): Promise<void> {
  if (InboxService.handles(envelope.type)) return takers.orders()
  if (AdvisoryInbox.handles(envelope.type)) return takers.advisories()
  return ReportInbox.handlesDown(envelope.type) ? takers.reports() : setAside(envelope)
}
