import type { Event, Observable } from '@haidang/contracts/event'
import type { Severity } from '@haidang/contracts/severity'
import { type Finding, quoted, type Subject } from '../subject.ts'
import type { IndicatorSet, KnownIndicator, ValueType } from './indicator-set.ts'

const mostPerSubject = 16

/**
 * Adds a finding for every indicator among the observables and fingerprints of a subject, as things stood
 * at the time of the event; at most 16, each indicator once.
 */
export function examineIndicators(
  set: IndicatorSet,
  { event }: Subject,
  findings: Finding[],
): void {
  if (set.count === 0) return
  const search = new Search(set, event.time, findings)
  for (const { type, value, name } of event.observables) search.look(type, value, name)
  lookAtFingerprints(event, search)
}

type File = NonNullable<Event['file']>

/** Fingerprints that are no observables: SHA-512, imphash, JA3, JA4. */
function lookAtFingerprints({ file, process, actor, tls }: Event, search: Search): void {
  lookAtFile(file, 'file', search)
  lookAtFile(process?.file, 'process.file', search)
  lookAtFile(process?.parent_process?.file, 'process.parent_process.file', search)
  lookAtFile(actor?.process?.file, 'actor.process.file', search)
  if (tls?.ja3 !== undefined) search.look('fingerprint', tls.ja3, 'tls.ja3')
}

const observed = new Set(['MD5', 'SHA-1', 'SHA-256'])

function lookAtFile(file: File | undefined, path: string, search: Search): void {
  if (file?.hashes === undefined) return
  for (const { algorithm, value } of file.hashes) {
    if (!observed.has(algorithm)) search.look('fingerprint', value, `${path}.hashes`)
  }
}

class Search {
  readonly #set: IndicatorSet
  readonly #time: string
  readonly #findings: Finding[]
  readonly #known: string[] = []

  constructor(set: IndicatorSet, time: string, findings: Finding[]) {
    this.#set = set
    this.#time = time
    this.#findings = findings
  }

  look(type: ValueType, value: string, name: string): void {
    if (this.#known.length >= mostPerSubject) return
    const known = this.#set.lookUp(type, value, this.#time)
    if (known === undefined) return
    const id = `indicator:${known.kind}:${quoted(known.text)}`
    if (this.#known.includes(id)) return
    this.#known.push(id)
    this.#findings.push(findingOf(id, known, { name, value }, this.#set.version))
  }
}

const names: Readonly<Record<KnownIndicator['kind'], string>> = {
  address: 'địa chỉ',
  domain: 'tên miền',
  url: 'URL',
  hash: 'mã băm',
  email: 'địa chỉ thư điện tử',
}

function findingOf(
  id: string,
  { kind, text, statements }: KnownIndicator,
  { name, value }: Pick<Observable, 'name' | 'value'>,
  version: string,
): Finding {
  const said = statements.map(({ source, confidence, comment }) =>
    `Source: ${source}. Confidence: ${confidence} of 100. ${comment}`.trim(),
  )
  return {
    detector: 'indicator',
    rule: {
      id,
      title: `Khớp chỉ báo xâm phạm: ${names[kind]} ${quoted(text)}`,
      description: [
        `A value of the record stands in the list of known indicators (${kind}).`,
        ...said,
      ].join(' '),
      tags: [],
      false_positives: [],
      references: [],
      version,
    },
    severity: severityOfConfidence(statements[0]?.confidence ?? 0),
    matches: statements.map(({ written, source }) => ({
      field: name,
      value: quoted(value),
      pattern: quoted(written),
      selection: source,
    })),
  }
}

function severityOfConfidence(confidence: number): Severity {
  if (confidence >= 75) return 'high'
  return confidence >= 40 ? 'medium' : 'low'
}
