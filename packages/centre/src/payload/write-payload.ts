import { csvLine, csvMark } from '@haidang/contracts/csv-cell'
import type { PayloadFormat } from '@haidang/contracts/order-payload-api'
import { type Indicator, readIndicator } from './indicator.ts'
import { nftablesSets } from './nftables-sets.ts'
import type { Payload } from './payload.ts'
import { rpzZone } from './rpz-zone.ts'
import { stixBundle } from './stix-bundle.ts'
import { suricataRules } from './suricata-rules.ts'

/** How a format is sent: its media type and the ending of its file. */
export const payloadFiles: Readonly<
  Record<PayloadFormat, readonly [type: string, ending: string]>
> = {
  csv: ['text/csv; charset=utf-8', 'csv'],
  stix: ['application/stix+json; version=2.1', 'json'],
  rpz: ['text/dns; charset=utf-8', 'zone'],
  suricata: ['text/plain; charset=utf-8', 'rules'],
  nftables: ['text/plain; charset=utf-8', 'nft'],
}

/** Indicators as they are kept in an order; what an older version kept in another form is left out. */
export function readIndicators(texts: readonly string[]): Indicator[] {
  return texts.flatMap((text) => readIndicator(text) ?? [])
}

/** A payload in a format a device reads. Without indicators it takes back what was loaded before. */
export function writePayload(payload: Payload, format: PayloadFormat): string {
  switch (format) {
    case 'csv':
      return csv(payload)
    case 'stix':
      return stixBundle(payload)
    case 'rpz':
      return rpzZone(payload)
    case 'suricata':
      return suricataRules(payload)
    case 'nftables':
      return nftablesSets(payload)
  }
}

function csv({ indicators, ...payload }: Payload): string {
  const head = ['indicator', 'kind', 'action', 'order', 'version', 'due_at', 'tlp', 'simulated']
  const lines = indicators.map(({ text, kind }) => [
    ...[text, kind, payload.action_kind, payload.number, String(payload.version)],
    ...[payload.due_at ?? '', `TLP:${payload.tlp.toUpperCase()}`, String(payload.simulated)],
  ])
  return [csvMark, ...[head, ...lines].map(csvLine)].join('')
}
