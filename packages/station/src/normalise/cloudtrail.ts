import { isObject, type JsonObject } from '../parse/json.ts'
import { type Parsed, parsed, unreadable } from '../parse/parsed.ts'
import { apiActivityOf } from './api-verbs.ts'
import { addressOf, type Draft, present, type Read, type Surroundings } from './draft.ts'
import { Fields } from './fields.ts'
import { normaliseJson, timeOf } from './json.ts'

/** OCSF Account Change (3001) of IAM's own actions. */
const accountActions: ReadonlyMap<string, number> = new Map(
  Object.entries({
    CreateUser: 1,
    CreateLoginProfile: 2,
    ChangePassword: 3,
    UpdateLoginProfile: 4,
    DeleteLoginProfile: 5,
    DeleteUser: 6,
    AttachUserPolicy: 7,
    PutUserPolicy: 7,
    DetachUserPolicy: 8,
    DeleteUserPolicy: 8,
    CreateAccessKey: 99,
    AddUserToGroup: 99,
  }),
)

/** True of an event of CloudTrail, or of a file of them as it lies in S3. */
export function looksLikeCloudTrail(object: JsonObject): boolean {
  if ('Records' in object) return isEvent(firstRecord(object))
  return isEvent(object)
}

/**
 * The event itself, which may be wrapped in `Records`. Reason: `cloudtrail.several-records`: one record gives
 * one event; over `/ingest` the collector takes such documents apart.
 */
export function parseCloudTrail(object: JsonObject): Parsed<JsonObject> {
  const { Records: records } = object
  if (!Array.isArray(records)) return parsed(object)
  const first = firstRecord(object)
  if (records.length === 1 && first !== undefined) return parsed(first)
  return unreadable('cloudtrail.several-records', `${records.length} events in one record`)
}

function firstRecord({ Records: records }: JsonObject): JsonObject | undefined {
  const first: unknown = Array.isArray(records) ? records[0] : undefined
  return isObject(first) ? first : undefined
}

function isEvent(object: JsonObject | undefined): boolean {
  const source = object?.['eventSource']
  return (
    typeof source === 'string' && source.endsWith('.amazonaws.com') && 'eventName' in (object ?? {})
  )
}

/**
 * An event of AWS CloudTrail: sign-ins to the console, changes of accounts, else API Activity (OCSF 6003).
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function normaliseCloudTrail(object: JsonObject, around: Surroundings): Read {
  const { draft, record } = normaliseJson(object, around)
  const fields = new Fields(object)
  const time = timeOf(object['eventTime'] ?? object['@timestamp'], { ...around, zone: 'UTC' })
  const name = fields.text('eventName') ?? '?'
  const service = fields.text('eventSource') ?? '?'
  const error = fields.first('errorCode', 'errorMessage')
  const actor = identityOf(fields)
  const about = name === 'ConsoleLogin' ? consoleLogin(fields) : actionOf(name, service, fields)
  const address = fields.text('sourceIPAddress')
  const ip = addressOf(address)
  return {
    draft: {
      ...draft,
      ...(error === undefined ? { status: 'success' } : { status: 'failure', severity: 2 }),
      status_detail: error,
      ...about,
      message: `${name} ${service}${actor?.name ? ` by ${actor.name}` : ''}${error ? `: ${error}` : ''}`,
      product: 'CloudTrail',
      vendor: 'AWS',
      log_name: service,
      event_code: name,
      time: time?.at,
      original_time: time?.original,
      src_endpoint: ip ? { ip } : present({ hostname: address }),
      actor: present({ user: actor }),
      user: about.user ?? (about.class === 'authentication' ? actor : undefined),
      http_request: present({ user_agent: fields.text('userAgent') }),
    },
    record,
  }
}

type About = Partial<Draft> & Pick<Draft, 'class' | 'activity'>

function consoleLogin(fields: Fields): About {
  const result = fields.inner('responseElements').text('ConsoleLogin')
  const failed = result === 'Failure'
  return {
    class: 'authentication',
    activity: 1,
    severity: failed ? 2 : 1,
    ...(result !== undefined && { status: failed ? 'failure' : 'success' }),
    logon_type: 'console',
  }
}

function actionOf(name: string, service: string, fields: Fields): About {
  const activity = service === 'iam.amazonaws.com' ? accountActions.get(name) : undefined
  if (activity === undefined) return { class: 'api_activity', activity: apiActivityOf(name) }
  return {
    class: 'account_change',
    activity,
    severity: 2,
    user: present({ name: fields.inner('requestParameters').text('userName') }),
  }
}

/** Who acted: the user, else the role that was assumed, else the service that was told to. */
function identityOf(fields: Fields) {
  const identity = fields.inner('userIdentity')
  const issuer = identity.inner('sessionContext').inner('sessionIssuer')
  const type = identity.text('type')
  const name = identity.text('userName') ?? issuer.text('userName') ?? identity.text('invokedBy')
  return present({
    name: name ?? (type === 'Root' ? 'root' : undefined),
    uid: identity.first('arn', 'principalId'),
    domain: identity.text('accountId'),
  })
}
