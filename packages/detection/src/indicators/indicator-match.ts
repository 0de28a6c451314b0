import type { Observable } from '@haidang/contracts/event'
import type { Severity } from '@haidang/contracts/severity'
import { isIpv4, readIp } from '../ip-address.ts'
import { type Finding, quoted, type Subject } from '../subject.ts'
import type { IndicatorSet, KnownIndicator } from './indicator-set.ts'
import { addressKey, canonicalDomain, canonicalUrl, hostOfUrl } from './indicator-text.ts'

const mostPerSubject = 16

/** Adds a finding for every indicator among the observables of a subject; at most 16, each indicator once. */
export function examineIndicators(
  set: IndicatorSet,
  { event }: Subject,
  findings: Finding[],
): void {
  if (set.count === 0) return
  const known: number[] = []
  for (const observable of event.observables) {
    const entry = entryOf(set, observable)
    if (entry < 0 || known.includes(entry)) continue
    known.push(entry)
    findings.push(findingOf(set.describe(entry), observable, set.version))
    if (known.length === mostPerSubject) return
  }
}

function entryOf(set: IndicatorSet, { type, value }: Observable): number {
  switch (type) {
    case 'ip':
      return addressEntry(set, value)
    case 'domain':
    case 'hostname':
      return domainEntry(set, value)
    case 'url':
      return urlEntry(set, value)
    case 'md5':
    case 'sha1':
    case 'sha256':
      return set.has('hash') ? set.find('hash', value.toLowerCase()) : -1
    default:
      return -1
  }
}

function addressEntry(set: IndicatorSet, value: string): number {
  if (!set.has('address')) return -1
  const ip = readIp(value)
  if (ip === undefined) return -1
  for (const bits of set.bits) {
    if (bits < 96 && isIpv4(ip)) return -1
    const entry = set.find('address', addressKey(ip, bits))
    if (entry >= 0) return entry
  }
  return -1
}

/** The domain itself, then each domain above it. */
function domainEntry(set: IndicatorSet, value: string): number {
  if (!set.has('domain')) return -1
  const name = canonicalDomain(value)
  if (name.length > 253) return -1
  for (let from = 0; ; ) {
    const entry = set.find('domain', name, from)
    if (entry >= 0) return entry
    const dot = name.indexOf('.', from)
    if (dot < 0) return -1
    from = dot + 1
  }
}

function urlEntry(set: IndicatorSet, value: string): number {
  const host = hostOfUrl(value)
  if (set.has('url')) {
    const entry = set.find('url', canonicalUrl(value))
    if (entry >= 0) return entry
  }
  const address = addressEntry(set, host)
  return address >= 0 ? address : domainEntry(set, host)
}

const names: Readonly<Record<KnownIndicator['kind'], string>> = {
  address: 'địa chỉ',
  domain: 'tên miền',
  url: 'URL',
  hash: 'mã băm tệp',
}

function findingOf(known: KnownIndicator, observable: Observable, version: string): Finding {
  const { kind, value, source, comment, confidence } = known
  return {
    detector: 'indicator',
    rule: {
      id: `indicator:${kind}:${quoted(value)}`,
      title: `Khớp chỉ báo xâm phạm: ${names[kind]} ${quoted(value)}`,
      description: [
        `A value of the record stands in the list of known indicators (${kind}).`,
        `Source: ${source}. Confidence: ${confidence} of 100.`,
        comment,
      ]
        .join(' ')
        .trim(),
      tags: [],
      false_positives: [],
      references: [],
      version,
    },
    severity: severityOfConfidence(confidence),
    matches: [
      {
        field: observable.name,
        value: quoted(observable.value),
        pattern: quoted(value),
        selection: source,
      },
    ],
  }
}

function severityOfConfidence(confidence: number): Severity {
  if (confidence >= 75) return 'high'
  return confidence >= 40 ? 'medium' : 'low'
}
