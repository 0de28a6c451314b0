import { type JsonObject, parseJson } from '../parse/json.ts'
import { apiActivityOf } from './api-verbs.ts'
import { addressOf, type Draft, present, type Read, type Surroundings } from './draft.ts'
import { Fields } from './fields.ts'
import { normaliseJson, timeOf } from './json.ts'
import { logsourceOfShape } from './json-logsource.ts'
import { severityOfWord } from './severity-word.ts'

type About = Partial<Draft> & Pick<Draft, 'class' | 'activity'>

/** True of a sign-in, a change or a risk as Entra ID and Azure export them. */
export function looksLikeAzure(object: JsonObject): boolean {
  return object['product'] === undefined && logsourceOfShape(object)?.product === 'azure'
}

/**
 * Entra ID and Azure, in the diagnostic records of event hubs (fields below `properties`), in columns of Log
 * Analytics and as Graph answers: Authentication, Account Change, API Activity, findings.
 * https://learn.microsoft.com/entra/identity/monitoring-health/concept-log-monitoring-integration-options-considerations
 */
export function normaliseAzure(object: JsonObject, around: Surroundings): Read {
  const { draft, record } = normaliseJson(object, around)
  const top = new Fields(object)
  const inner = top.inner('properties')
  const said = (...names: string[]) => inner.first(...names) ?? top.first(...names)
  const about = readers.get(draft.logsource.service ?? '')?.(said, inner, top) ?? operation(said)
  const time = timeOf(
    said(
      'time',
      'createdDateTime',
      'CreatedDateTime',
      'activityDateTime',
      'TimeGenerated',
      'eventTimestamp',
    ),
    { ...around, zone: 'UTC' },
  )
  return {
    draft: {
      ...draft,
      severity: 1,
      src_endpoint: present({
        ip: addressOf(said('ipAddress', 'IPAddress', 'callerIpAddress', 'CallerIpAddress')),
      }),
      http_request: present({ user_agent: said('userAgent', 'UserAgent') }),
      ...about,
      message: about.message ?? said('operationName', 'OperationName') ?? draft.message,
      product: draft.logsource.service === 'activitylogs' ? 'Azure' : 'Entra ID',
      vendor: 'Microsoft',
      log_name: said('category', 'Category', 'Type') ?? draft.logsource.service,
      event_code: said('operationName', 'OperationName', 'activityDisplayName', 'riskEventType'),
      time: time?.at ?? draft.time,
      original_time: time?.original ?? draft.original_time,
    },
    record,
  }
}

type Said = (...names: string[]) => string | undefined

/** What a sign-in came to: 0 is success, all else a code of Entra ID. */
function signIn(said: Said, inner: Fields, top: Fields): About {
  const status = inner.has('status') ? inner.inner('status') : top.inner('status')
  const code = said('resultType', 'ResultType') ?? status.text('errorCode')
  const failed = code !== undefined && code !== '0'
  const name = said('userPrincipalName', 'UserPrincipalName', 'identity', 'Identity')
  return {
    class: 'authentication',
    activity: 1,
    severity: failed ? 2 : 1,
    status: code === undefined ? undefined : failed ? 'failure' : 'success',
    status_detail: failed
      ? (status.text('failureReason') ?? said('resultDescription', 'ResultDescription') ?? code)
      : undefined,
    message: `sign-in of ${name ?? '?'} to ${said('appDisplayName', 'AppDisplayName') ?? '?'}${failed ? ` failed (${code})` : ''}`,
    user: present({ name, uid: said('userId', 'UserId') }),
    auth_protocol: said(
      'authenticationProtocol',
      'AuthenticationProtocol',
      'clientAppUsed',
      'ClientAppUsed',
    ),
    device: undefined,
  }
}

const accountOperations: readonly (readonly [pattern: RegExp, activity: number])[] = [
  [/^(?:Add|Invite external) user/i, 1],
  [/^(?:Hard )?Delete user/i, 6],
  [/^Disable account/i, 5],
  [/^Enable account/i, 2],
  [/^Change (?:user )?password/i, 3],
  [/^Reset (?:user )?password/i, 4],
  [/^Add (?:eligible )?member to role/i, 7],
  [/^Remove (?:eligible )?member from role/i, 8],
]

function change(said: Said, inner: Fields, top: Fields): About {
  const name = said('activityDisplayName', 'operationName', 'OperationName') ?? '?'
  const activity = accountOperations.find(([pattern]) => pattern.test(name))?.[1]
  const result = said('result', 'Result', 'resultType')
  const from = inner.has('initiatedBy') || inner.has('targetResources') ? inner : unpacked(top)
  const by = from.inner('initiatedBy').inner('user')
  const [target] = from.objects('targetResources')
  const subject = target?.first('userPrincipalName', 'displayName')
  return {
    ...(activity === undefined
      ? { class: 'api_activity', activity: apiActivityOf(name) }
      : { class: 'account_change', activity, severity: activity === 7 ? 3 : 2 }),
    status:
      result === undefined ? undefined : /^(?:success|0)$/i.test(result) ? 'success' : 'failure',
    message: `${name}${subject ? `: ${subject}` : ''}`,
    actor: present({ user: present({ name: by.text('userPrincipalName'), uid: by.text('id') }) }),
    user: activity === undefined ? undefined : present({ name: subject, uid: target?.text('id') }),
    ...(by.has('ipAddress') && { src_endpoint: present({ ip: addressOf(by.text('ipAddress')) }) }),
  }
}

/** In columns of Log Analytics objects and lists are text. */
function unpacked(top: Fields): Fields {
  if (top.has('initiatedBy') || top.has('targetResources')) return top
  const by = parseJson(top.text('InitiatedBy') ?? '{}')
  const targets = parseJson(`{"list":${top.text('TargetResources') ?? '[]'}}`)
  return new Fields({
    initiatedBy: by.ok ? by.value : {},
    targetResources: targets.ok ? targets.value['list'] : [],
  })
}

function risk(said: Said): About {
  const title = said('riskEventType', 'riskType') ?? 'risk'
  return {
    class: 'detection_finding',
    activity: 1,
    severity: severityOfWord(said('riskLevel')) ?? 3,
    message: `${title}: ${said('userPrincipalName') ?? '?'}`,
    user: present({ name: said('userPrincipalName'), uid: said('userId') }),
    finding: { title, category: 'identity-risk' },
  }
}

function operation(said: Said): About {
  const name = said('operationName', 'OperationName', 'OperationNameValue') ?? ''
  const result = said('resultType', 'ActivityStatusValue', 'resultSignature')
  const failed = result !== undefined && /fail|denied/i.test(result)
  return {
    class: 'api_activity',
    // `MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE`: the verb comes last.
    activity: /\/write$/i.test(name) ? 3 : apiActivityOf(name.slice(name.lastIndexOf('/') + 1)),
    severity: failed ? 2 : 1,
    status: result === undefined ? undefined : failed ? 'failure' : 'success',
    actor: present({ user: present({ name: said('caller', 'Caller') }) }),
  }
}

const readers: ReadonlyMap<string, (said: Said, inner: Fields, top: Fields) => About> = new Map(
  Object.entries({
    signinlogs: signIn,
    auditlogs: change,
    riskdetection: risk,
    pim: risk,
  }),
)
