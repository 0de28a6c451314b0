import { accountOf, present } from './draft.ts'
import type { Fields } from './fields.ts'
import type { WindowsAbout, WindowsReader } from './windows-about.ts'
import { actorOf } from './windows-account.ts'

/** 4697 and 7045: a service that was not there before. */
export function serviceInstalled(fields: Fields): WindowsAbout {
  const name = fields.text('ServiceName')
  const path = fields.first('ServiceFileName', 'ImagePath')
  return {
    class: 'windows_service_activity',
    activity: 1,
    severity: 2,
    message: `service installed: ${name ?? '?'} (${path ?? '?'})`,
    actor: actorOf(fields),
    user: accountOf(fields.first('ServiceAccount', 'AccountName')),
    process: present({ name, cmd_line: path }),
  }
}

/** What the Service Control Manager says of a service, whose name is its first parameter. */
function service(activity: number, what: string, severity = 1): WindowsReader {
  return (fields) => {
    const name = fields.first('param1', 'ServiceName')
    return {
      class: 'windows_service_activity',
      activity,
      severity,
      message: `service ${what}: ${name ?? '?'}`,
      process: present({ name }),
      ...(severity > 2 && { status: 'failure' as const }),
    }
  }
}

/** 7036: the second parameter is the new state, in the language of the system. */
function serviceState(fields: Fields): WindowsAbout {
  const state = fields.text('param2') ?? '?'
  const activity = /run/i.test(state) ? 3 : /stop/i.test(state) ? 4 : 99
  return service(activity, state)(fields)
}

function systemLogCleared(fields: Fields): WindowsAbout {
  const name = fields.first('Channel', 'param1') ?? 'System'
  return {
    class: 'event_log_activity',
    activity: 1,
    severity: 4,
    message: `the ${name} log was cleared`,
    actor: actorOf(fields),
  }
}

/** Starts and stops of the event log service are those of the machine. */
function eventLog(activity: number, what: string): WindowsReader {
  return () => ({ class: 'event_log_activity', activity, message: what })
}

const services: ReadonlyMap<number, WindowsReader> = new Map([
  [7000, service(3, 'failed to start', 3)],
  [7001, service(3, 'failed to start', 3)],
  [7009, service(3, 'did not connect in time', 3)],
  [7011, service(99, 'did not answer in time', 3)],
  [7022, service(3, 'hung on starting', 3)],
  [7023, service(4, 'ended with an error', 3)],
  [7024, service(4, 'ended with an error', 3)],
  [7026, service(3, 'drivers did not load', 3)],
  [7031, service(4, 'ended unexpectedly', 3)],
  [7034, service(4, 'ended unexpectedly', 3)],
  [7035, service(99, 'was sent a control')],
  [7036, serviceState],
  [7040, service(2, 'has another start type')],
  [7045, serviceInstalled],
])

const eventLogs: ReadonlyMap<number, WindowsReader> = new Map([
  [104, systemLogCleared],
  [6005, eventLog(6, 'the event log service was started')],
  [6006, eventLog(7, 'the event log service was stopped')],
  [6008, eventLog(7, 'the last shutdown was unexpected')],
])

/** Events of the System log mean something only together with who wrote them. */
const readers: ReadonlyMap<string, ReadonlyMap<number, WindowsReader>> = new Map([
  ['service control manager', services],
  ['eventlog', eventLogs],
  ['microsoft-windows-eventlog', eventLogs],
])

/** The reader of an event of the System log; none for providers not known here. */
export function systemReader(provider: string, eventId: number): WindowsReader | undefined {
  return readers.get(provider.toLowerCase())?.get(eventId)
}
