import type { Logsource } from '@haidang/contracts/event'
import { expect, test } from 'vitest'
import { fires } from './rule-on-line.ts'

const cloudTrail = {
  eventVersion: '1.08',
  eventSource: 's3.amazonaws.com',
  eventName: 'PutBucketVersioning',
  eventTime: '2026-11-22T03:00:00Z',
  userIdentity: { type: 'IAMUser', sessionContext: { attributes: { mfaAuthenticated: 'false' } } },
  requestParameters: {
    VersioningConfiguration: { Status: 'Suspended' },
    policyDocument: '{"Effect":"Allow","Action":"s3:GetObject"}',
  },
  responseElements: null,
}
const m365 = {
  CreationTime: '2026-11-22T03:00:00',
  RecordType: 1,
  Workload: 'Exchange',
  Operation: 'New-InboxRule',
  ResultStatus: 'True',
  Parameters: [{ Name: 'ForwardTo', Value: 'x@evil.example' }],
}
const gcp = {
  timestamp: '2026-11-22T03:00:00Z',
  protoPayload: { methodName: 'io.k8s.core.v1.secrets.create', serviceName: 'k8s.io' },
}
const workspace = {
  timestamp: '2026-11-22T03:00:00Z',
  protoPayload: {
    serviceName: 'admin.googleapis.com',
    metadata: {
      event: [
        {
          eventName: 'CHANGE_APPLICATION_SETTING',
          parameter: [
            { name: 'SETTING_NAME', value: 'ContextAwareAccess/x' },
            { name: 'NEW_VALUE', value: 'false' },
          ],
        },
      ],
    },
  },
}
const okta = {
  published: '2026-11-22T03:00:00Z',
  eventType: 'user.session.start',
  uuid: '1',
  displayMessage: 'Sign in',
  outcome: { result: 'SUCCESS' },
  legacyEventType: 'x',
  securityContext: { isProxy: true },
  target: [{ displayName: 'Okta Admin' }],
}
const github = {
  '@timestamp': 1_795_316_400_000,
  _document_id: 'x',
  action: 'org.remove_member',
  actor: 'lan',
}
const pod = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  verb: 'create',
  requestURI: '/api/v1',
  objectRef: { resource: 'pods', subresource: 'exec', apiGroup: 'apps' },
  requestObject: {
    spec: {
      volumes: [{ hostPath: { path: '/' } }],
      containers: [{ securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }],
    },
  },
}

test.each<[string, Logsource, unknown, object]>([
  [
    'CloudTrail',
    { product: 'aws', service: 'cloudtrail' },
    { eventName: 'PutBucketVersioning', 'userIdentity.type': 'IAMUser' },
    cloudTrail,
  ],
  [
    'a whole object of CloudTrail',
    { product: 'aws', service: 'cloudtrail' },
    { 'requestParameters|contains': '"Status":"Suspended"' },
    cloudTrail,
  ],
  [
    'texts in it',
    { product: 'aws' },
    { 'requestParameters|contains|all': ['"Allow"', '"s3:GetObject"'] },
    cloudTrail,
  ],
  ['nothing where there is nothing', { product: 'aws' }, { responseElements: null }, cloudTrail],
  [
    'the unified audit log',
    { product: 'm365', service: 'audit' },
    { Operation: 'New-InboxRule', 'Parameters|contains': 'ForwardTo' },
    m365,
  ],
  [
    'alerts of Microsoft 365',
    { product: 'm365', service: 'threat_detection' },
    { status: 'success' },
    { eventSource: 'SecurityComplianceCenter', eventName: 'x', status: 'success' },
  ],
  [
    'Cloud Logging',
    { product: 'gcp', service: 'gcp.audit' },
    { 'gcp.audit.method_name': 'io.k8s.core.v*.secrets.create' },
    gcp,
  ],
  [
    'Cloud Logging by Pub/Sub',
    { product: 'gcp', service: 'gcp.audit' },
    { 'data.protoPayload.methodName': 'io.k8s.*', 'data.protoPayload.serviceName': 'k8s.io' },
    { data: gcp },
  ],
  [
    'Workspace',
    { product: 'gcp', service: 'google_workspace.admin' },
    {
      eventService: 'admin.googleapis.com',
      eventName: 'CHANGE_APPLICATION_SETTING',
      'setting_name|startswith': 'ContextAware',
      new_value: 'false',
    },
    workspace,
  ],
  [
    'names in another case',
    { product: 'gcp' },
    { 'protoPayload.Servicename': 'admin.googleapis.com' },
    workspace,
  ],
  [
    'Okta',
    { product: 'okta', service: 'okta' },
    {
      eventType: 'user.session.start',
      'securityContext.isProxy': 'true',
      'target.displayName': 'Okta Admin',
    },
    okta,
  ],
  ['GitHub', { product: 'github', service: 'audit' }, { action: 'org.remove_member' }, github],
  [
    'Kubernetes',
    { product: 'kubernetes', service: 'audit' },
    { 'objectRef.subresource': 'exec' },
    pod,
  ],
  [
    'what stands deep in a record of Kubernetes',
    { product: 'kubernetes', service: 'audit' },
    { apiGroup: 'apps', hostPath: '*', 'capabilities|contains': 'SYS_ADMIN' },
    pod,
  ],
  [
    'Kubernetes as an application',
    { product: 'kubernetes', category: 'application', service: 'audit' },
    { verb: 'create' },
    pod,
  ],
  [
    'Bitbucket',
    { product: 'bitbucket', service: 'audit' },
    { 'auditType.action': 'x' },
    { auditType: { category: 'a', action: 'x' } },
  ],
  [
    'OneLogin',
    { product: 'onelogin', service: 'onelogin.events' },
    { event_type_id: 3 },
    { event_type_id: 3, account_id: 1 },
  ],
  [
    'Duo',
    { product: 'cisco', service: 'duo' },
    { reason: 'bypass_user' },
    { txid: '1', event_type: 'authentication', factor: 'x', reason: 'bypass_user' },
  ],
  [
    'OpenCanary',
    { product: 'opencanary', category: 'application' },
    { logtype: 4002 },
    { logtype: 4002, logdata: {}, node_id: 'c' },
  ],
])('rules see %s as it comes', (_, logsource, selection, record) => {
  expect(fires(logsource, selection, JSON.stringify(record))).toBe(true)
  expect(fires({ product: 'windows' }, selection, JSON.stringify(record))).toBe(false)
  expect(fires({ ...logsource, product: 'another' }, selection, JSON.stringify(record))).toBe(false)
})

test('a record that says its log source itself is believed', () => {
  const record = JSON.stringify({ ...cloudTrail, product: 'zeek' })
  expect(fires({ product: 'aws' }, { eventName: '*' }, record)).toBe(false)
  expect(fires({ product: 'zeek' }, { eventName: '*' }, record)).toBe(true)
})

test('objects too deep to be written are no obstacle', () => {
  let deep: unknown = 'đáy'
  for (let i = 0; i < 40; i++) deep = { a: deep }
  const record = JSON.stringify({ ...cloudTrail, requestParameters: { deep, top: 'ở trên' } })
  expect(fires({ product: 'aws' }, { 'requestParameters|contains': 'trên' }, record)).toBe(true)
  expect(fires({ product: 'aws' }, { 'requestParameters|contains': 'đáy' }, record)).toBe(false)
})
