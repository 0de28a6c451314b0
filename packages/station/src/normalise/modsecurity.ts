import type { ModSecurityFields } from '../parse/modsecurity.ts'
import { readWrittenTime } from '../parse/written-time.ts'
import { type Draft, present, type Read, type Surroundings } from './draft.ts'
import { endpointOf } from './endpoint.ts'
import { statusOf, type Verdict } from './firewall.ts'
import { severityOfWord } from './severity-word.ts'
import { severityOfSyslog } from './syslog.ts'

/** OCSF severity of a rule's severity, a number or word of syslog; medium where it says none. */
export function severityOfRule(severity: string | undefined): number {
  const isNumber = /^[0-7]$/.test(severity ?? '')
  return (isNumber ? severityOfSyslog(Number(severity)) : severityOfWord(severity)) ?? 3
}

/** One rule of ModSecurity that matched a request: Detection Finding (OCSF 2004). */
export function normaliseModSecurity(line: ModSecurityFields, { zone }: Surroundings): Read {
  const { tags, said } = line
  const time = readWrittenTime(line.time, zone)
  const title = tags['msg'] ?? said
  const verdict = verdictIn(said)
  return {
    draft: {
      class: 'detection_finding',
      activity: 1,
      severity: severityOfRule(tags['severity']),
      status: statusOf(verdict),
      status_detail: said.slice(0, 1000) || undefined,
      message: title || 'ModSecurity',
      product: 'ModSecurity',
      vendor: 'OWASP',
      log_name: 'error',
      event_code: tags['id'],
      logsource: { product: 'modsecurity' },
      time: time?.at,
      original_time: time?.original,
      src_endpoint: endpointOf(line.client ?? tags['client'], line.clientPort),
      dst_endpoint: present({ hostname: tags['hostname'] }),
      http_request: present({ url: urlOf(tags) }),
      finding: findingOf(title, tags['id'], line.labels),
      unmapped: unmappedOf(line),
    },
    record: { message: `ModSecurity: ${said}`, ...tags, tag: line.labels },
  }
}

/** What a rule that matched is called, and the kind of attack its labels name. */
export function findingOf(
  title: string,
  uid: string | undefined,
  labels: readonly string[],
): Draft['finding'] {
  const category = labels.find((label) => label.startsWith('attack-')) ?? labels[0]
  return { title: title || 'ModSecurity', ...(uid && { uid }), ...(category && { category }) }
}

function verdictIn(said: string): Verdict {
  return /^Access (?:denied|to phase)|intercepted/i.test(said) ? 'blocked' : 'allowed'
}

function urlOf(tags: ModSecurityFields['tags']): string | undefined {
  const { uri, hostname } = tags
  if (uri === undefined || hostname === undefined || !uri.startsWith('/')) return uri
  return `http://${hostname}${uri}`
}

const taken = new Set(['msg', 'id', 'severity', 'hostname', 'uri', 'client', 'tag'])

function unmappedOf({ tags, labels }: ModSecurityFields): Record<string, unknown> {
  const rest = Object.entries(tags).filter(([name, value]) => !taken.has(name) && value !== '')
  return { ...Object.fromEntries(rest), ...(labels.length > 0 && { tags: labels }) }
}
