import type { Alert } from '@haidang/contracts/alert'
import type { Event } from '@haidang/contracts/event'
import type { Finding, Subject } from './subject.ts'

/** Makes the identifier of the alert a rule raises on the record at hand; the same for a repeat. */
export type NewAlertId = (ruleId: string) => string

/** The alert a finding becomes. `detectedAt` is RFC 3339; owner and TLP are those of the event. */
export function alertOf(
  finding: Finding,
  { event }: Subject,
  detectedAt: string,
  newAlertId: NewAlertId,
): Alert {
  const { detector, rule, severity, matches } = finding
  return {
    id: newAlertId(rule.id),
    organisation_id: event.organisation_id,
    tlp: event.tlp,
    node_id: event.node_id,
    source_id: event.source_id,
    event_id: event.id,
    time: event.time,
    detected_time: detectedAt,
    detector,
    rule,
    severity,
    title: rule.title,
    entity: entityOf(event),
    matches: [...matches],
    observables: event.observables,
    raw_data: event.raw_data,
    simulated: event.metadata.simulated,
  }
}

/** What an alert is about: the address acting, else the host it happened on, else the account. */
export function entityOf(event: Event): string {
  const address = event.src_endpoint?.ip
  if (address !== undefined && !isNowhere(address)) return address
  return (
    event.device?.hostname ??
    event.device?.ip ??
    event.user?.name ??
    event.actor?.user?.name ??
    address ??
    event.source_id
  )
}

/** Loopback and unspecified addresses name no one. */
function isNowhere(address: string): boolean {
  return /^(?:127\.|0\.0\.0\.0$|::1?$|::ffff:127\.)/i.test(address)
}
