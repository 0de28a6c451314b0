import type { Incident, TimelineEntry } from '@haidang/contracts/incident'
import { labels } from '@haidang/contracts/labels'
import type { Values } from './document.ts'
import { momentOf } from './document-dates.ts'

/** What of an incident and its course a report says. */
export function incidentValues(
  incident: Incident,
  timeline: readonly TimelineEntry[],
  language: 'vi' | 'en',
): Values {
  return {
    title: incident.title,
    incident: incident.number,
    organisation: incident.organisation_name,
    summary: incident.summary,
    type: labels.incidentType[incident.type][language],
    grade: labels.incidentGrade[incident.grade][language],
    severity: labels.severity[incident.severity][language],
    state: labels.incidentState[incident.state][language],
    detected: momentOf(incident.detected_at),
    opened: momentOf(incident.opened_at),
    closed: momentOf(incident.closed_at),
    tlp: `TLP:${incident.tlp.toUpperCase()}`,
    timeline: timeline.map((entry) => [
      momentOf(entry.time),
      saidBy(entry, language),
      entry.actor_name,
    ]),
  }
}

function saidBy({ kind, text, after }: TimelineEntry, language: 'vi' | 'en'): string {
  const kinds: Readonly<Record<string, { vi: string; en: string } | undefined>> =
    labels.timelineKind
  const what = kinds[kind]?.[language] ?? kind
  const moved = wordIn(after, 'state')
  const states: Readonly<Record<string, { vi: string; en: string } | undefined>> =
    labels.incidentState
  const to = kind === 'incident.moved' && moved ? (states[moved]?.[language] ?? moved) : ''
  const words = kind === 'cluster.triaged' ? '' : text
  return [to ? `${what}: ${to}` : what, words].filter(Boolean).join('. ')
}

function wordIn(after: unknown, name: string): string | undefined {
  if (typeof after !== 'object' || after === null) return undefined
  const value: unknown = Reflect.get(after, name)
  return typeof value === 'string' ? value : undefined
}
