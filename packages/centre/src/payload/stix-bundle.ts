import { createHash } from 'node:crypto'
import type { Tlp } from '@haidang/contracts/tlp'
import type { Indicator } from './indicator.ts'
import type { Payload } from './payload.ts'

/** Marking definitions of TLP 2.0, as OASIS has fixed their identifiers. */
const markings: Readonly<Record<Tlp, string>> = {
  clear: 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber+strict': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
}

/** A STIX 2.1 bundle: the issuer, and one indicator for each. The same order makes the same identifiers. */
export function stixBundle(payload: Payload): string {
  const created = payload.issued_at
  const times = { spec_version: '2.1', created, modified: payload.updated_at } as const
  const issuer = `identity--${uuidOf(payload.issuer_id)}`
  const marked = { object_marking_refs: [markings[payload.tlp]] }
  const objects = payload.indicators.map((indicator) => ({
    type: 'indicator',
    id: `indicator--${uuidOf(`${payload.order_id} ${payload.action_id} ${indicator.text}`)}`,
    ...times,
    created_by_ref: issuer,
    name: indicator.text,
    description: `${payload.number}: ${payload.action_kind}`,
    indicator_types: ['malicious-activity'],
    pattern: patternOf(indicator),
    pattern_type: 'stix',
    valid_from: created,
    ...(payload.simulated ? { labels: ['simulated'] } : {}),
    ...marked,
  }))
  const identity = {
    type: 'identity',
    id: issuer,
    ...times,
    name: payload.issuer_name,
    identity_class: 'organization',
  }
  const id = `bundle--${uuidOf(`${payload.order_id} ${payload.action_id} ${payload.version}`)}`
  return `${JSON.stringify({ type: 'bundle', id, objects: [identity, ...objects] }, null, 2)}\n`
}

function patternOf(indicator: Indicator): string {
  const value = literal(indicator.text)
  switch (indicator.kind) {
    case 'address':
    case 'network':
      return `[ipv${indicator.family}-addr:value = ${value}]`
    case 'domain':
      return `[domain-name:value = ${value}]`
    case 'url':
      return `[url:value = ${value}]`
    case 'email':
      return `[email-addr:value = ${value}]`
    case 'hash':
      return `[file:hashes.${literal(indicator.algorithm)} = ${value}]`
  }
}

function literal(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`
}

/** A UUID of version 5's form that follows from a text. */
function uuidOf(text: string): string {
  const bytes = createHash('sha1').update(`haidang ${text}`).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
