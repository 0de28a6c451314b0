import { addressOf, baseName, present } from './draft.ts'
import type { Fields } from './fields.ts'
import type { WindowsAbout, WindowsReader } from './windows-about.ts'
import { account, actorOf, processFrom } from './windows-account.ts'
import { groupDrafts } from './windows-groups.ts'
import { objectDrafts } from './windows-objects.ts'
import { policyDrafts } from './windows-policy.ts'
import { serviceInstalled } from './windows-system.ts'

/** LogonType of 4624 and 4625, as Microsoft names them. */
const logonTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '2': 'interactive',
    '3': 'network',
    '4': 'batch',
    '5': 'service',
    '7': 'unlock',
    '8': 'network-cleartext',
    '9': 'new-credentials',
    '10': 'remote-interactive',
    '11': 'cached-interactive',
  }),
)

function logon(status: 'success' | 'failure', activity = 1): WindowsReader {
  return (fields) => {
    const type = fields.text('LogonType')
    const user = account(fields, 'Target')
    const address = addressOf(fields.text('IpAddress'))
    return {
      class: 'authentication',
      activity,
      severity: status === 'failure' ? 2 : 1,
      status,
      status_detail: fields.first('FailureReason', 'SubStatus', 'Status'),
      message: `${user?.name ?? '?'} ${logonWord(status, activity)}${address ? ` from ${address}` : ''}`,
      actor: actorOf(fields, processFrom(fields, 'ProcessName', 'ProcessId')),
      user,
      src_endpoint: present({
        ip: address,
        port: fields.word16('IpPort'),
        hostname: fields.text('WorkstationName'),
      }),
      auth_protocol: fields.text('AuthenticationPackageName'),
      logon_type: type === undefined ? undefined : (logonTypes.get(type) ?? type),
    }
  }
}

function logonWord(status: 'success' | 'failure', activity: number): string {
  if (activity === 2) return 'logged off'
  return status === 'success' ? 'logged on' : 'failed to log on'
}

/** A logon with credentials other than one's own (runas, scheduled tasks). */
function explicitLogon(fields: Fields): WindowsAbout {
  const user = account(fields, 'Target')
  return {
    ...logon('success')(fields),
    message: `explicit credentials of ${user?.name ?? '?'} for ${fields.text('TargetServerName') ?? '?'}`,
    dst_endpoint: present({ hostname: fields.text('TargetServerName') }),
  }
}

function specialPrivileges(fields: Fields): WindowsAbout {
  const user = account(fields, 'Subject')
  return {
    class: 'authorize_session',
    activity: 1,
    status: 'success',
    message: `special privileges assigned to ${user?.name ?? '?'}`,
    user,
  }
}

function processCreated(fields: Fields): WindowsAbout {
  const image = fields.text('NewProcessName')
  const parent = fields.text('ParentProcessName')
  const command = fields.text('CommandLine')
  return {
    class: 'process_activity',
    activity: 1,
    message: `process created: ${command ?? image ?? '?'}`,
    actor: actorOf(fields),
    process: {
      name: baseName(image),
      pid: fields.number('NewProcessId'),
      cmd_line: command,
      integrity: fields.text('MandatoryLabel'),
      ...(image && { file: { path: image, name: baseName(image) } }),
      user: account(fields, 'Target') ?? account(fields, 'Subject'),
      parent_process: present({
        name: baseName(parent),
        // In 4688 ProcessId is the creator's.
        pid: fields.number('ProcessId'),
        file: parent ? { path: parent, name: baseName(parent) } : undefined,
      }),
    },
  }
}

/** OCSF Scheduled Job Activity (1006): 1 create, 2 update, 3 delete, 4 enable, 5 disable. */
function taskChanged(activity: number, verb: string): WindowsReader {
  return (fields) => {
    const name = fields.text('TaskName')
    return {
      class: 'scheduled_job_activity',
      activity,
      severity: activity === 1 ? 2 : 1,
      message: `scheduled task ${verb}: ${name ?? '?'}`,
      actor: actorOf(fields),
      file: present({ name: baseName(name), path: name }),
    }
  }
}

/** OCSF Account Change (3001): 1 create, 2 enable, 5 disable, 6 delete, 9 lock, 99 other. */
function accountChanged(activity: number, what: string): WindowsReader {
  return (fields) => {
    const user = account(fields, 'Target')
    return {
      class: 'account_change',
      activity,
      severity: 2,
      message: `${what}: ${user?.name ?? '?'}`,
      actor: actorOf(fields),
      user,
    }
  }
}

function logCleared(fields: Fields): WindowsAbout {
  const by = fields.text('SubjectUserName')
  return {
    class: 'event_log_activity',
    activity: 1,
    severity: 4,
    message: `the audit log was cleared${by ? ` by ${by}` : ''}`,
    actor: actorOf(fields),
  }
}

function processEnded(fields: Fields): WindowsAbout {
  const process = processFrom(fields, 'ProcessName', 'ProcessId')
  return {
    class: 'process_activity',
    activity: 2,
    message: `process ended: ${process?.file?.path ?? '?'}`,
    actor: actorOf(fields),
    process,
  }
}

/**
 * What a domain controller was asked for: 4768 ticket, 4769 ticket for a service, 4770 renewed, 4771 refused,
 * 4776 NTLM; its status says whether it was given. OCSF Authentication (3002).
 */
function credentials(activity: number, what: string): WindowsReader {
  return (fields) => {
    const status = fields.text('Status')
    const failed = status !== undefined && !/^(?:0x)?0+$/.test(status)
    const user = account(fields, 'Target')
    const address = addressOf(fields.text('IpAddress'))
    return {
      class: 'authentication',
      activity,
      severity: failed ? 2 : 1,
      status: failed ? 'failure' : 'success',
      status_detail: failed ? status : undefined,
      message: `${what} ${failed ? 'refused to' : 'given to'} ${named(user?.name, address)}`,
      user,
      src_endpoint: present({
        ip: address,
        port: fields.word16('IpPort'),
        hostname: fields.text('Workstation'),
      }),
      auth_protocol: what.startsWith('NTLM') ? 'NTLM' : 'Kerberos',
    }
  }
}

function named(name = '?', address?: string): string {
  return address === undefined ? name : `${name} from ${address}`
}

/** A session that is left, locked or taken up again. */
function session(what: string): WindowsReader {
  return (fields) => {
    const user = account(fields, 'Target') ?? present({ name: fields.text('AccountName') })
    return {
      class: 'authentication',
      activity: 99,
      message: `${what}: ${user?.name ?? '?'}`,
      user,
      src_endpoint: present({
        ip: addressOf(fields.text('ClientAddress')),
        hostname: fields.text('ClientName'),
      }),
    }
  }
}

/**
 * Events of the Security log by id.
 * https://learn.microsoft.com/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/advanced-security-audit-policy-settings
 */
export const securityDrafts: ReadonlyMap<number, WindowsReader> = new Map([
  [1102, logCleared],
  [4624, logon('success')],
  [4625, logon('failure')],
  [4634, logon('success', 2)],
  [4647, logon('success', 2)],
  [4648, explicitLogon],
  [4672, specialPrivileges],
  [4688, processCreated],
  [4689, processEnded],
  [4697, serviceInstalled],
  [4698, taskChanged(1, 'created')],
  [4699, taskChanged(3, 'deleted')],
  [4700, taskChanged(4, 'enabled')],
  [4701, taskChanged(5, 'disabled')],
  [4702, taskChanged(2, 'updated')],
  [4720, accountChanged(1, 'account created')],
  [4722, accountChanged(2, 'account enabled')],
  [4723, accountChanged(3, 'password changed')],
  [4724, accountChanged(4, 'password reset')],
  [4725, accountChanged(5, 'account disabled')],
  [4726, accountChanged(6, 'account deleted')],
  [4738, accountChanged(99, 'account changed')],
  [4740, accountChanged(9, 'account locked')],
  [4741, accountChanged(1, 'computer account created')],
  [4742, accountChanged(99, 'computer account changed')],
  [4743, accountChanged(6, 'computer account deleted')],
  [4767, accountChanged(12, 'account unlocked')],
  [4768, credentials(3, 'Kerberos ticket')],
  [4769, credentials(4, 'Kerberos service ticket')],
  [4770, credentials(5, 'renewed Kerberos ticket')],
  [4771, credentials(6, 'Kerberos pre-authentication')],
  [4776, credentials(1, 'NTLM validation')],
  [4778, session('session reconnected')],
  [4779, session('session disconnected')],
  [4781, accountChanged(99, 'account renamed')],
  [4800, session('workstation locked')],
  [4801, session('workstation unlocked')],
  ...groupDrafts,
  ...objectDrafts,
  ...policyDrafts,
])
