import type { Logsource } from '@haidang/contracts/event'
import { expect, test } from 'vitest'
import { fires } from './rule-on-line.ts'

const signIn = {
  time: '2026-11-22T03:00:00Z',
  category: 'SignInLogs',
  operationName: 'Sign-in activity',
  resultType: '50126',
  resultDescription: 'Invalid username or password',
  properties: {
    userAgent: 'azurehound/1',
    authenticationRequirement: 'singleFactorAuthentication',
    riskState: 'atRisk',
    clientAppUsed: 'IMAP',
    networkLocationDetails: [],
    deviceDetail: { deviceId: '', isCompliant: false },
    status: { errorCode: 50126, additionalDetails: 'MFA denied; user declined' },
  },
}
const audit = {
  time: '2026-11-22T03:00:00Z',
  category: 'AuditLogs',
  operationName: 'Update user',
  properties: {
    loggedByService: 'Core Directory',
    category: 'UserManagement',
    result: 'success',
    activityDisplayName: 'Update user',
    targetResources: [
      {
        type: 'User',
        modifiedProperties: [
          { displayName: 'StrongAuthenticationRequirement', newValue: '[{"State":0}]' },
        ],
      },
    ],
  },
}
const analytics = {
  TimeGenerated: '2026-11-22T03:00:00Z',
  Type: 'AuditLogs',
  OperationName: 'Add owner to application',
  Category: 'ApplicationManagement',
}
const activity = {
  time: '2026-11-22T03:00:00Z',
  category: 'Administrative',
  resourceId: '/SUBSCRIPTIONS/1',
  operationName: 'MICROSOFT.PORTAL/CONSOLES/WRITE',
}
test.each<[string, Logsource, unknown, object]>([
  [
    'sign-ins',
    { product: 'azure', service: 'signinlogs' },
    {
      ResultType: 50126,
      'userAgent|contains': 'azurehound',
      AuthenticationRequirement: 'singleFactorAuthentication',
      RiskState: 'atRisk',
      ClientApp: 'IMAP',
      'DeviceDetail.isCompliant': 'false',
      'DeviceDetail.deviceId': '',
      NetworkLocationDetails: '[]',
    },
    signIn,
  ],
  [
    'how a sign-in ended',
    { product: 'azure', service: 'signinlogs' },
    { 'Status|contains': 'MFA denied' },
    signIn,
  ],
  [
    'a sign-in that failed',
    { product: 'azure', service: 'signinlogs' },
    { Status: 'Failure' },
    signIn,
  ],
  [
    'a sign-in that did not',
    { product: 'azure', service: 'signinlogs' },
    { Status: 'Success' },
    { ...signIn, resultType: '0' },
  ],
  [
    'changes in a directory',
    { product: 'azure', service: 'auditlogs' },
    {
      Category: 'UserManagement',
      OperationName: 'Update user',
      LoggedByService: 'Core Directory',
      'properties.message': 'Update user',
      Status: 'Success',
      'TargetResources.ModifiedProperties.NewValue|contains': 'State":0',
      'TargetResources|contains': 'StrongAuth',
    },
    audit,
  ],
  [
    'columns of Log Analytics',
    { product: 'azure', service: 'auditlogs' },
    { 'properties.message': 'Add owner to application', Category: 'ApplicationManagement' },
    analytics,
  ],
  [
    'activities',
    { product: 'azure', service: 'activitylogs' },
    { operationName: 'Microsoft.Portal/consoles/write', CategoryValue: 'Administrative' },
    activity,
  ],
  [
    'risks',
    { product: 'azure', service: 'riskdetection' },
    { riskEventType: 'leakedCredentials' },
    { riskEventType: 'leakedCredentials' },
  ],
  [
    'alerts of roles',
    { product: 'azure', service: 'pim' },
    { riskEventType: 'staleSignIn*' },
    { riskEventType: 'staleSignInAlertIncident' },
  ],
  [
    'alerts on how roles are configured',
    { product: 'azure', service: 'pim' },
    { riskEventType: '*Outside*' },
    { riskEventType: 'rolesAssignedOutsidePrivilegedIdentityManagementAlertConfiguration' },
  ],
  [
    'changes by the Graph interface',
    { product: 'azure', service: 'auditlogs' },
    { category: 'Device', 'activityType|contains': 'administrator password' },
    {
      activityDateTime: '2026-11-22T03:00:00Z',
      category: 'Device',
      loggedByService: 'x',
      activityDisplayName: 'Recover device local administrator password',
    },
  ],
  [
    'sign-ins by the Graph interface',
    { product: 'azure', service: 'signinlogs' },
    { conditionalAccessStatus: 'success', ResourceDisplayName: 'Device Registration Service' },
    {
      userPrincipalName: 'lan@example.vn',
      conditionalAccessStatus: 'success',
      resourceDisplayName: 'Device Registration Service',
    },
  ],
])('rules see %s as it comes', (_, logsource, selection, record) => {
  expect(fires(logsource, selection, JSON.stringify(record))).toBe(true)
  expect(fires({ ...logsource, service: 'another' }, selection, JSON.stringify(record))).toBe(false)
})
