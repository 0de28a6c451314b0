import { accountOf, addressOf, baseName, present } from './draft.ts'
import type { Fields } from './fields.ts'
import type { WindowsAbout, WindowsReader } from './windows-about.ts'

/** OCSF Scheduled Job Activity (1006): 1 create, 2 update, 3 delete, 4 enable, 5 disable, 6 start. */
function job(activity: number, verb: string): WindowsReader {
  return (fields) => {
    const name = fields.first('TaskName', 'Name')
    const path = fields.first('ActionName', 'Path')
    return {
      class: 'scheduled_job_activity',
      activity,
      message: `scheduled task ${verb}: ${name ?? '?'}`,
      actor: present({ user: accountOf(fields.first('UserName', 'UserContext')) }),
      process: present({ name: baseName(path), cmd_line: path }),
      file: present({ name: baseName(name), path: name }),
    }
  }
}

export const taskSchedulerDrafts: ReadonlyMap<number, WindowsReader> = new Map([
  [100, job(6, 'started')],
  [102, job(99, 'completed')],
  [103, job(99, 'failed to start an action')],
  [106, job(1, 'registered')],
  [107, job(6, 'triggered')],
  [108, job(6, 'triggered')],
  [110, job(6, 'started by a user')],
  [111, job(99, 'ended')],
  [118, job(6, 'triggered')],
  [119, job(6, 'triggered')],
  [129, job(6, 'given a process')],
  [140, job(2, 'updated')],
  [141, job(3, 'deleted')],
  [142, job(5, 'disabled')],
  [200, job(6, 'began an action')],
  [201, job(99, 'completed an action')],
  [325, job(99, 'queued')],
])

function wmi(what: string): WindowsReader {
  return (fields) => {
    const client = fields.text('ClientMachine')
    return {
      class: 'windows_resource_activity',
      activity: 1,
      message: `${what}: ${fields.first('Operation', 'Query', 'ProviderName', 'ESS') ?? '?'}`,
      actor: present({ user: accountOf(fields.text('User')) }),
      src_endpoint: present({ hostname: client }),
    }
  }
}

export const wmiDrafts: ReadonlyMap<number, WindowsReader> = new Map([
  [5857, wmi('WMI provider started')],
  [5858, wmi('WMI operation failed')],
  [5859, wmi('WMI subscription')],
  [5860, wmi('WMI subscription of a session')],
  [5861, wmi('WMI subscription that stays')],
])

/** OCSF RDP Activity (4005): 1 initial request, 3 connect request, 6 traffic, 7 disconnect, 8 reconnect. */
function rdp(activity: number, what: string): WindowsReader {
  return (fields) => {
    const user = fields.first('User', 'Param1')
    const domain = fields.text('Param2')
    const from = fields.first('Address', 'Param3', 'IPString')
    return {
      class: 'rdp_activity',
      activity,
      message: `${what}${user ? ` of ${user}` : ''}${from ? ` from ${from}` : ''}`,
      user: user === undefined ? undefined : { ...accountOf(user), ...(domain && { domain }) },
      src_endpoint: present({ ip: addressOf(from) }),
    }
  }
}

export const sessionDrafts: ReadonlyMap<number, WindowsReader> = new Map([
  [21, rdp(6, 'session opened')],
  [22, rdp(6, 'shell started')],
  [23, rdp(7, 'session closed')],
  [24, rdp(7, 'session disconnected')],
  [25, rdp(8, 'session reconnected')],
  [39, rdp(7, 'session disconnected by another')],
  [40, rdp(7, 'session disconnected')],
])

export const remoteConnectionDrafts: ReadonlyMap<number, WindowsReader> = new Map([
  [261, rdp(1, 'connection to the listener')],
  [1149, rdp(3, 'user accepted')],
  [20523, rdp(99, 'connection given a class')],
])

/** Defender: OCSF Detection Finding (2004) for what it found. */
function threat(severity: number): WindowsReader {
  return (fields) => {
    const title = fields.first('ThreatName', 'Threat Name') ?? 'threat'
    const path = fields.first('Path', 'Resources')
    const uid = fields.first('ThreatID', 'Threat ID')
    return {
      class: 'detection_finding',
      activity: 1,
      severity,
      message: `Defender: ${title} ${path ?? ''}`.trim(),
      finding: { title, category: 'antivirus', ...(uid && { uid }) },
      status_detail: fields.first('ActionName', 'Action Name'),
      user: accountOf(fields.first('DetectionUser', 'Detection User')),
      process: present({ name: baseName(fields.first('ProcessName', 'Process Name')) }),
      file: present({ name: baseName(path), path }),
    }
  }
}

function setting(what: string, severity: number): WindowsReader {
  return (fields): WindowsAbout => {
    const name = fields.first('NewValue', 'New Value', 'FeatureName', 'Feature Name', 'RuleName')
    return {
      class: 'device_config_state_change',
      activity: 1,
      severity,
      message: `${what}${name === undefined ? '' : `: ${name}`}`,
    }
  }
}

export const defenderDrafts: ReadonlyMap<number, WindowsReader> = new Map([
  [1006, threat(4)],
  [1007, threat(3)],
  [1008, threat(4)],
  [1015, threat(4)],
  [1116, threat(4)],
  [1117, threat(3)],
  [1118, threat(4)],
  [1119, threat(4)],
  [1121, threat(3)],
  [1122, threat(2)],
  [5001, setting('real-time protection switched off', 4)],
  [5004, setting('real-time protection changed', 3)],
  [5007, setting('Defender settings changed', 2)],
  [5010, setting('scan for spyware switched off', 4)],
  [5012, setting('scan for viruses switched off', 4)],
  [5013, setting('tamper protection held a change up', 3)],
])

/** The firewall's own log: rules that came, changed and went; 2011 a program it held up. */
export const firewallDrafts: ReadonlyMap<number, WindowsReader> = new Map([
  [2002, setting('firewall setting changed', 2)],
  [2003, setting('firewall profile changed', 2)],
  [2004, setting('firewall rule added', 2)],
  [2005, setting('firewall rule changed', 2)],
  [2006, setting('firewall rule deleted', 2)],
  [2008, setting('firewall settings of group policy changed', 2)],
  [2009, setting('group policy of the firewall did not load', 3)],
  [2010, setting('network profile changed', 1)],
  [2011, blocked],
  [2033, setting('all firewall rules deleted', 4)],
  [2097, setting('firewall rule added', 2)],
])

function blocked(fields: Fields): WindowsAbout {
  const path = fields.text('ApplicationPath')
  return {
    class: 'network_activity',
    activity: 5,
    severity: 2,
    status: 'failure',
    actor: present({
      process: present({ name: baseName(path), file: path ? { path } : undefined }),
    }),
  }
}
