import type { UnsignedEnvelope } from '@haidang/contracts/link'
import type { Heartbeat } from '@haidang/contracts/station'
import type { Clock } from '@haidang/runtime/clock'
import type { Signer } from '../envelopes/signer.ts'

/** A parent to be tested, and a child’s credentials it has approved. The child should be made for the test. */
export interface ConformanceTarget {
  /** `https://host:port` */
  readonly url: string
  /** PEM of the parent's authority. */
  readonly authority: string
  /** PEM; the certificate the parent issued and its key. */
  readonly identity: { readonly key: string; readonly certificate: string }
  readonly node_id: string
  /** The child's organisation, and the parent's, as the parent names them. */
  readonly organisation_id: string
  readonly parent_organisation_id: string
  readonly signer: Signer
  readonly clock: Clock
}

/** One rule of link.md, kept or broken. */
export interface RuleResult {
  /** `section.name`, stable. */
  readonly rule: string
  readonly passed: boolean
  /** What was asked for, and where it was broken what came instead. */
  readonly detail: string
}

/** An envelope as the kit sends it, before it is signed. */
export function probeEnvelope(
  target: ConformanceTarget,
  id: string,
  type: string,
): UnsignedEnvelope {
  return {
    specversion: '1.0',
    id,
    source: `urn:haidang:node:${target.node_id}`,
    type,
    subject: 'conformance',
    time: target.clock.iso(),
    datacontenttype: 'application/json',
    dataschema: `urn:haidang:envelope:${type}:1`,
    tlp: 'green',
    from: target.organisation_id,
    to: target.parent_organisation_id,
    exercise: true,
    data: { note: 'conformance kit' },
  }
}

/** A heartbeat as the kit sends it. */
export function probeHeartbeat(sentAt: string): Heartbeat {
  return {
    sent_at: sentAt,
    software: 'conformance kit',
    started_at: sentAt,
    sources: [],
    queue: { spool_records: 0, spool_bytes: 0, link_records: 0 },
    disk: { free_bytes: 0, total_bytes: 0 },
    rule_set: { version: '', rules: 0, errors: 0 },
    indicator_set: { version: '', indicators: 0 },
    clock_offset_ms: null,
  }
}
