import { httpActivity } from './access-log.ts'
import type { Draft } from './draft.ts'
import type { Fields } from './fields.ts'
import { connectionOf, type Verdict } from './firewall.ts'
import { severityOfWord } from './severity-word.ts'

type About = Pick<Draft, 'class' | 'activity' | 'severity'> &
  Partial<Pick<Draft, 'finding' | 'status' | 'query' | 'answers' | 'logon_type' | 'auth_protocol'>>

interface Log {
  readonly type: string
  readonly subtype: string | undefined
  readonly fields: Fields
  readonly attributes: Pick<Draft, 'http_request' | 'file' | 'user'>
  readonly verdict: Verdict | undefined
}

/** Subtypes of UTM logs that are conclusions of the device. */
const findings: ReadonlySet<string> = new Set([
  'virus',
  'ips',
  'anomaly',
  'waf',
  'dlp',
  'file-filter',
  'emailfilter',
  'icap',
])

/** Class, activity and severity of one log of FortiOS, and what only its subtype holds. */
export function fortigateAbout(log: Log): About {
  if (log.type === 'traffic') return traffic(log)
  if (log.type === 'event') return event(log)
  const subtype = log.subtype ?? log.type
  if (findings.has(subtype)) return finding(log, subtype)
  if (subtype === 'webfilter') return web(log)
  if (subtype === 'dns') return dns(log)
  return { ...connectionOf(log.verdict), severity: severityOf(log) }
}

function traffic({ fields, verdict }: Log): About {
  const action = fields.text('action')
  return connectionOf(verdict, goesOn(action) ? 6 : action === 'start' ? 1 : 2)
}

function goesOn(action: string | undefined): boolean {
  return action === undefined || action === 'accept'
}

function finding(log: Log, subtype: string): About {
  const { fields } = log
  const uid = fields.first('attackid', 'virusid')
  const title = fields.first('attack', 'virus', 'filtername', 'eventtype') ?? subtype
  return {
    class: 'detection_finding',
    activity: 1,
    severity: Math.max(severityOf(log), subtype === 'virus' ? 4 : 2),
    finding: { title, ...(uid && { uid }), category: subtype },
  }
}

function web(log: Log): About {
  return {
    class: 'http_activity',
    activity: httpActivity(log.attributes.http_request?.http_method),
    severity: log.verdict === 'blocked' ? 2 : 1,
  }
}

function dns({ fields, verdict }: Log): About {
  const hostname = fields.text('qname')
  const answers = fields.text('ipaddr')?.split(/, ?/, 64)
  const isAnswer = fields.text('eventtype') === 'dns-response' || answers !== undefined
  return {
    class: 'dns_activity',
    activity: isAnswer ? 6 : 1,
    severity: verdict === 'blocked' ? 3 : 1,
    query: hostname === undefined ? undefined : { hostname, type: fields.text('qtype') },
    answers,
  }
}

/** Parts of the configuration that are accounts. */
export const accountPaths = /^(?:system\.admin|user\.local|system\.api-user)$/
const accountActivities: ReadonlyMap<string, number> = new Map(
  Object.entries({ Add: 1, Delete: 6 }),
)

function event(log: Log): About {
  const { fields, attributes } = log
  const severity = severityOf(log)
  const path = fields.text('cfgpath')
  const action = fields.text('action') ?? ''
  if (path !== undefined && accountPaths.test(path)) {
    return { class: 'account_change', activity: accountActivities.get(action) ?? 99, severity }
  }
  const session = attributes.user && sessionOf(action, fields)
  if (session)
    return { class: 'authentication', severity: severityOf(log, session.status), ...session }
  if (path !== undefined) return { class: 'device_config_state_change', activity: 1, severity }
  if (log.subtype === 'vpn')
    return { class: 'tunnel_activity', ...tunnelOf(action, fields), severity }
  return { class: 'base_event', activity: 99, severity }
}

/** OCSF Tunnel Activity (4014): 1 open, 2 close, 3 renew. */
function tunnelOf(action: string, fields: Fields): Pick<Draft, 'activity' | 'status'> {
  if (/down|exit|delete/.test(action)) return { activity: 2, status: 'success' }
  if (/^(?:negotiate|install_sa|phase2-up|tunnel-up|tunnel-stats|dpd)$/.test(action)) {
    return {
      activity: action === 'dpd' || action === 'tunnel-stats' ? 3 : 1,
      status: outcomeOf(fields),
    }
  }
  return { activity: 99, status: outcomeOf(fields) }
}

type Session = Pick<Draft, 'activity' | 'status' | 'logon_type' | 'auth_protocol'>

/** Sign-ins of administrators and users, and tunnels a user opens or closes. */
function sessionOf(action: string, fields: Fields): Session | undefined {
  const protocol = fields.first('tunneltype', 'method')
  const about = { logon_type: 'remote', auth_protocol: protocol }
  if (/^(?:logout|auth-logout|FSSO-logoff|tunnel-down|ssl-exit-.*)$/.test(action)) {
    return { ...about, activity: 2, status: 'success' }
  }
  if (/^(?:ssl-login-fail|.*-login-fail)$/.test(action)) {
    return { ...about, activity: 1, status: 'failure' }
  }
  if (
    /^(?:login|auth-logon|FSSO-logon|authentication|negotiate|tunnel-up|ssl-new-con)$/.test(action)
  ) {
    return { ...about, activity: 1, status: outcomeOf(fields) }
  }
  return undefined
}

function outcomeOf(fields: Fields): Draft['status'] {
  const said = fields.first('status', 'result')?.toLowerCase()
  if (said === undefined) return 'success'
  return /fail|error|deny|denied|invalid/.test(said) ? 'failure' : 'success'
}

function severityOf({ fields }: Log, status?: Draft['status']): number {
  const level = fields.text('level')
  // What FortiOS reports all day is a notice.
  const levelled = level === 'notice' ? 1 : (severityOfWord(level) ?? 1)
  const grade = severityOfWord(fields.first('severity', 'crlevel')) ?? 1
  return Math.max(levelled, grade, status === 'failure' ? 2 : 1)
}
