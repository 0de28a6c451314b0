import type { Logsource } from '@haidang/contracts/event'
import { isObject, type JsonObject } from '../parse/json.ts'

/** Sigma's log source of a record of a cloud service or application, by what only its records have; else undefined. */
export function logsourceOfShape(object: JsonObject): Logsource | undefined {
  for (const [name, read] of shapes) {
    const logsource = name in object ? read(object) : undefined
    if (logsource !== undefined) return logsource
  }
  return undefined
}

type ReadShape = (object: JsonObject) => Logsource | undefined

/** By a field that must be there. */
const shapes: readonly (readonly [name: string, read: ReadShape])[] = [
  ['eventSource', ofEventSource],
  ['Workload', (object) => given(has(object, 'Operation'), 'm365', 'audit')],
  ['riskEventType', ({ riskEventType: type }) => azureRisk(type)],
  ['operationName', ({ category, Category }) => azure(category ?? Category)],
  ['OperationName', ({ Type, Category }) => azure(Type) ?? azure(Category)],
  ['OperationNameValue', () => ({ product: 'azure', service: 'activitylogs' })],
  ['loggedByService', (object) => given(has(object, 'activityDisplayName'), 'azure', 'auditlogs')],
  [
    'conditionalAccessStatus',
    (object) => given(has(object, 'userPrincipalName'), 'azure', 'signinlogs'),
  ],
  ['eventService', ({ eventService }) => googleWorkspace(eventService)],
  ['protoPayload', ({ protoPayload }) => google(protoPayload)],
  ['data', ({ data }) => (isObject(data) ? google(data['protoPayload']) : undefined)],
  ['legacyEventType', (object) => given(has(object, 'eventType'), 'okta', 'okta')],
  ['displayMessage', (object) => given(has(object, 'eventType', 'outcome'), 'okta', 'okta')],
  ['auditType', ({ auditType }) => given(isObject(auditType), 'bitbucket', 'audit')],
  ['_document_id', (object) => given(has(object, 'action', 'actor'), 'github', 'audit')],
  ['objectRef', kubernetes],
  ['requestURI', kubernetes],
  ['event_type_id', (object) => given(has(object, 'account_id'), 'onelogin', 'onelogin.events')],
  ['txid', (object) => given(has(object, 'event_type', 'factor'), 'cisco', 'duo')],
  ['logtype', openCanary],
]

function has(object: JsonObject, ...names: string[]): boolean {
  return names.every((name) => name in object)
}

function given(isIt: boolean, product: string, service: string): Logsource | undefined {
  return isIt ? { product, service } : undefined
}

/** CloudTrail, or alerts of Microsoft 365. */
function ofEventSource({ eventSource, eventName }: JsonObject): Logsource | undefined {
  if (typeof eventSource !== 'string' || typeof eventName !== 'string') return undefined
  if (eventSource.endsWith('.amazonaws.com')) return { product: 'aws', service: 'cloudtrail' }
  if (eventSource === 'Exchange') return { product: 'm365', service: 'exchange' }
  return given(eventSource === 'SecurityComplianceCenter', 'm365', 'threat_management')
}

/** By category of a diagnostic record, or table of Log Analytics. */
const azureServices: ReadonlyMap<string, string> = new Map(
  Object.entries({
    signinlogs: 'signinlogs',
    noninteractiveusersigninlogs: 'signinlogs',
    serviceprincipalsigninlogs: 'signinlogs',
    managedidentitysigninlogs: 'signinlogs',
    aadnoninteractiveusersigninlogs: 'signinlogs',
    auditlogs: 'auditlogs',
    userriskevents: 'riskdetection',
    aaduserriskevents: 'riskdetection',
    azureactivity: 'activitylogs',
    administrative: 'activitylogs',
    security: 'activitylogs',
    servicehealth: 'activitylogs',
    policy: 'activitylogs',
  }),
)

function azure(category: unknown): Logsource | undefined {
  const word = typeof category === 'string' ? category.toLowerCase() : ''
  const service = azureServices.get(word)
  return service === undefined ? undefined : { product: 'azure', service }
}

/** Alerts of privileged identity management are told by the same field as risks. */
function azureRisk(type: unknown): Logsource | undefined {
  if (typeof type !== 'string') return undefined
  const service = /Alert(?:Incident|Configuration)$/.test(type) ? 'pim' : 'riskdetection'
  return { product: 'azure', service }
}

function google(payload: unknown): Logsource | undefined {
  if (!isObject(payload)) return undefined
  return (
    googleWorkspace(payload['serviceName']) ??
    given(typeof payload['methodName'] === 'string', 'gcp', 'gcp.audit')
  )
}

function googleWorkspace(service: unknown): Logsource | undefined {
  const known = service === 'admin.googleapis.com' || service === 'login.googleapis.com'
  return given(known, 'gcp', `google_workspace.${String(service).split('.', 1)[0]}`)
}

function kubernetes({ apiVersion, kind }: JsonObject): Logsource | undefined {
  const isAudit = typeof apiVersion === 'string' && apiVersion.startsWith('audit.k8s.io/')
  if (!isAudit || kind !== 'Event') return undefined
  return { product: 'kubernetes', category: 'application', service: 'audit' }
}

function openCanary({ logtype, logdata, node_id }: JsonObject): Logsource | undefined {
  const isIt = typeof logtype === 'number' && isObject(logdata) && typeof node_id === 'string'
  return isIt ? { product: 'opencanary', category: 'application' } : undefined
}
