import type { Logsource } from '@haidang/contracts/event'
import { expect, test } from 'vitest'
import { fires } from './rule-on-line.ts'

const cloudTrail = {
  ...{ eventVersion: '1.08', eventSource: 's3.amazonaws.com', eventName: 'PutBucketVersioning' },
  eventTime: '2026-11-22T03:00:00Z',
  userIdentity: { type: 'IAMUser', sessionContext: { attributes: { mfaAuthenticated: 'false' } } },
  requestParameters: {
    VersioningConfiguration: { Status: 'Suspended' },
    policyDocument: '{"Effect":"Allow","Action":"s3:GetObject"}',
  },
  responseElements: null,
}
const m365 = {
  ...{ CreationTime: '2026-11-22T03:00:00', RecordType: 1, Workload: 'Exchange' },
  ...{ Operation: 'New-InboxRule', ResultStatus: 'True' },
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
  ...{ published: '2026-11-22T03:00:00Z', eventType: 'user.session.start', uuid: '1' },
  ...{ displayMessage: 'Sign in', outcome: { result: 'SUCCESS' }, legacyEventType: 'x' },
  ...{ securityContext: { isProxy: true }, target: [{ displayName: 'Okta Admin' }] },
}
const github = {
  '@timestamp': 1_795_316_400_000,
  _document_id: 'x',
  action: 'org.remove_member',
  actor: 'lan',
}
const pod = {
  ...{ kind: 'Event', apiVersion: 'audit.k8s.io/v1', verb: 'create', requestURI: '/api/v1' },
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
