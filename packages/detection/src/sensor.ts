import { severityOf } from '@haidang/contracts/severity'
import { type Finding, quoted, type Subject } from './subject.ts'

/** OCSF class Detection Finding: the sensor itself concluded something. */
const detectionFinding = 2004

/**
 * Passes on what a sensor (an IDS, an antivirus) concluded, as a finding of its own signature.
 * Purely informational conclusions stay events.
 */
export function examineSensor({ event, record }: Subject, findings: Finding[]): void {
  const { finding, metadata } = event
  if (event.class_uid !== detectionFinding || finding === undefined) return
  const severity = severityOf(event.severity_id)
  if (severity === 'informational') return
  const product = metadata.product.toLowerCase()
  findings.push({
    detector: 'sensor',
    rule: {
      id: `sensor:${product}:${quoted(finding.uid ?? finding.title)}`,
      title: quoted(finding.title),
      description: finding.category === undefined ? '' : quoted(finding.category),
      tags: techniquesOf(record),
      false_positives: [],
      references: [],
      version: '',
    },
    severity,
    matches: [
      {
        field: 'finding.title',
        value: quoted(finding.title),
        pattern: quoted(finding.uid ?? ''),
        selection: product,
      },
    ],
  })
}

/** ATT&CK techniques where the signature states them (EVE: `alert.metadata.mitre_technique_id`). */
function techniquesOf(record: Readonly<Record<string, unknown>>): string[] {
  const ids = at(at(at(record, 'alert'), 'metadata'), 'mitre_technique_id')
  if (!Array.isArray(ids)) return []
  return ids
    .filter((id): id is string => typeof id === 'string' && /^T\d{4}(\.\d{3})?$/.test(id))
    .slice(0, 20)
    .map((id) => `attack.${id.toLowerCase()}`)
}

function at(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Record<string, unknown>)[key]
}
