import type { WindowsAbout, WindowsReader } from './windows-about.ts'
import { actorOf } from './windows-account.ts'

/** OCSF Device Config State Change (5019): the machine is set to behave otherwise. */
function policy(what: string, severity = 2, ...names: string[]): WindowsReader {
  return (fields) => {
    const name = fields.first(...names)
    return {
      class: 'device_config_state_change',
      activity: 1,
      severity,
      message: name === undefined ? what : `${what}: ${name}`,
      actor: actorOf(fields),
    }
  }
}

/** OCSF Event Log Activity (1008): 4 archive, 6 start, 7 stop, 99 other. */
function log(activity: number, what: string, severity = 1): WindowsReader {
  return () => ({ class: 'event_log_activity', activity, severity, message: what })
}

/** OCSF Application Lifecycle (6002): 3 start, 4 stop. */
function lifecycle(activity: 3 | 4, what: string): WindowsReader {
  return (): WindowsAbout => ({ class: 'application_lifecycle', activity, message: what })
}

/** Events of the Security log about how the machine is set and watched, by id. */
export const policyDrafts: readonly (readonly [id: number, reader: WindowsReader])[] = [
  [1100, log(7, 'the event log service was stopped', 2)],
  [1101, log(99, 'audit events were dropped', 4)],
  [1104, log(99, 'the security log is full', 4)],
  [1105, log(4, 'the security log was archived')],
  [1108, log(99, 'an audit event could not be written', 3)],
  [4608, lifecycle(3, 'Windows is starting')],
  [4609, lifecycle(4, 'Windows is shutting down')],
  [4610, policy('authentication package loaded', 2, 'AuthenticationPackageName')],
  [4611, policy('logon process registered', 1, 'LogonProcessName')],
  [4614, policy('notification package loaded', 2, 'NotificationPackageName')],
  [4616, policy('the time was changed', 2, 'NewTime', 'NewDate')],
  [4621, policy('the machine was recovered from a full audit log', 3)],
  [4622, policy('security package loaded', 2, 'SecurityPackageName')],
  [4706, policy('trust made', 3, 'DomainName')],
  [4707, policy('trust removed', 3, 'DomainName')],
  [4713, policy('Kerberos policy changed', 3)],
  [4715, policy('audit policy of an object changed', 2, 'ObjectName')],
  [4719, policy('audit policy changed', 3, 'SubcategoryGuid', 'SubcategoryId')],
  [4739, policy('domain policy changed', 3, 'DomainPolicyChanged')],
  [4826, policy('boot configuration loaded', 1)],
  [4902, policy('audit policy of users made', 1, 'PuaCount')],
  [4904, policy('source of audit events registered', 1, 'AuditSourceName')],
  [4905, policy('source of audit events removed', 1, 'AuditSourceName')],
  [4906, policy('behaviour on a full audit log changed', 3)],
  [4908, policy('special groups changed', 2)],
  [4912, policy('audit policy of a user changed', 3)],
  [4944, policy('firewall policy in force', 1)],
  [4945, policy('firewall rule in force', 1, 'RuleName')],
  [4946, policy('firewall rule added', 2, 'RuleName')],
  [4947, policy('firewall rule changed', 2, 'RuleName')],
  [4948, policy('firewall rule deleted', 2, 'RuleName')],
  [4950, policy('firewall setting changed', 2, 'SettingType')],
  [4954, policy('firewall policy changed by group policy', 1)],
  [4956, policy('firewall profile changed', 1, 'ActiveProfile')],
  [4957, policy('firewall rule not applied', 1, 'RuleName')],
  [5024, lifecycle(3, 'the firewall was started')],
  [5025, lifecycle(4, 'the firewall was stopped')],
  [5033, lifecycle(3, 'the firewall driver was started')],
  [5034, lifecycle(4, 'the firewall driver was stopped')],
  [5440, policy('filter in force', 1, 'CalloutName')],
  [5441, policy('filter in force', 1, 'FilterName')],
  [5442, policy('filter provider in force', 1, 'ProviderName')],
  [5444, policy('filter layer in force', 1, 'SubLayerName')],
  [5446, policy('filter callout changed', 1, 'CalloutName')],
  [5447, policy('filter changed', 1, 'FilterName')],
  [5448, policy('filter provider changed', 1, 'ProviderName')],
  [5449, policy('filter context changed', 1, 'ProviderContextName')],
  [5450, policy('filter layer changed', 1, 'SubLayerName')],
  [6416, policy('device recognised', 1, 'DeviceDescription')],
  [6419, policy('device disabled', 2, 'DeviceDescription')],
]
