import { accountOf, addressOf, baseName, present } from './draft.ts'
import type { Fields } from './fields.ts'
import type { WindowsAbout, WindowsReader } from './windows-about.ts'

/** The identifier Windows writes where there is nobody. */
const nobodySid = 'S-1-0-0'

/** Account fields of Security events come in threes: `SubjectUserName`, `SubjectUserSid`, `SubjectDomainName`. */
function account(fields: Fields, role: 'Subject' | 'Target' | 'Member') {
  const uid = fields.text(`${role}UserSid`) ?? fields.text(`${role}Sid`)
  return present({
    name: fields.text(`${role}UserName`) ?? fields.text(`${role}Name`),
    uid: uid === nobodySid ? undefined : uid,
    domain: fields.text(`${role}DomainName`),
  })
}

function actorOf(fields: Fields, process?: NonNullable<WindowsAbout['process']>) {
  return present({ user: account(fields, 'Subject'), process })
}

function processFrom(fields: Fields, path: string, pid: string) {
  const image = fields.text(path)
  return present({
    name: baseName(image),
    pid: fields.number(pid),
    file: image ? { path: image, name: baseName(image) } : undefined,
  })
}

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
    class: 'authentication',
    activity: 99,
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

function serviceInstalled(fields: Fields): WindowsAbout {
  const name = fields.text('ServiceName')
  const path = fields.first('ServiceFileName', 'ImagePath')
  return {
    severity: 2,
    message: `service installed: ${name ?? '?'} (${path ?? '?'})`,
    actor: actorOf(fields),
    user: accountOf(fields.first('ServiceAccount', 'AccountName')),
    process: present({ name, cmd_line: path }),
  }
}

function taskCreated(fields: Fields): WindowsAbout {
  const name = fields.text('TaskName')
  return {
    severity: 2,
    message: `scheduled task created: ${name ?? '?'}`,
    actor: actorOf(fields),
    file: present({ name: baseName(name), path: name }),
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

/** The member is who gained; the target is the group. */
function memberAdded(fields: Fields): WindowsAbout {
  const group = fields.text('TargetUserName')
  const member = account(fields, 'Member')
  fields.skip('MemberName', 'MemberSid')
  return {
    class: 'account_change',
    activity: 99,
    severity: 3,
    message: `${member?.name ?? member?.uid ?? '?'} added to group ${group ?? '?'}`,
    actor: actorOf(fields),
    user: member,
  }
}

function logCleared(fields: Fields): WindowsAbout {
  const by = fields.text('SubjectUserName')
  return {
    severity: 4,
    message: `the audit log was cleared${by ? ` by ${by}` : ''}`,
    actor: actorOf(fields),
  }
}

export const securityDrafts: ReadonlyMap<number, WindowsReader> = new Map([
  [1102, logCleared],
  [4624, logon('success')],
  [4625, logon('failure')],
  [4634, logon('success', 2)],
  [4647, logon('success', 2)],
  [4648, explicitLogon],
  [4672, specialPrivileges],
  [4688, processCreated],
  [4697, serviceInstalled],
  [4698, taskCreated],
  [4720, accountChanged(1, 'account created')],
  [4722, accountChanged(2, 'account enabled')],
  [4725, accountChanged(5, 'account disabled')],
  [4726, accountChanged(6, 'account deleted')],
  [4728, memberAdded],
  [4732, memberAdded],
  [4740, accountChanged(9, 'account locked')],
  [4756, memberAdded],
])

export const systemDrafts: ReadonlyMap<number, WindowsReader> = new Map([[7045, serviceInstalled]])
