import type { FlowFields } from './template.ts'

/** By whose clock a record is: when it was exported and when the exporter was started, milliseconds since the epoch. */
export interface ExportClock {
  readonly exportTime: number
  readonly bootTime: number | undefined
}

const wrap = 2 ** 32

/**
 * Puts begin and end of a flow, however they are told, into `flowStartMilliseconds` and `flowEndMilliseconds`:
 * by the exporter's uptime (which wraps after 49.7 days), before the export, in seconds to nanoseconds, or as
 * end and duration. Takes away what told them. Changes the record.
 */
export function tellTimes(fields: FlowFields, clock: ExportClock): void {
  const start = timeOf(fields, 'Start', clock)
  const end = timeOf(fields, 'End', clock) ?? start
  const duration = numberOf(fields['flowDurationMilliseconds'])
  for (const name of replaced) delete fields[name]
  const begin = start ?? (end !== undefined && duration !== undefined ? end - duration : end)
  if (begin !== undefined) fields['flowStartMilliseconds'] = begin
  if (end !== undefined) fields['flowEndMilliseconds'] = end
}

const replaced = ['Start', 'End'].flatMap((which) =>
  ['SysUpTime', 'DeltaMicroseconds', 'Seconds', 'Microseconds', 'Nanoseconds'].map(
    (unit) => `flow${which}${unit}`,
  ),
)

function timeOf(
  fields: FlowFields,
  which: 'Start' | 'End',
  { exportTime, bootTime }: ExportClock,
): number | undefined {
  const told =
    numberOf(fields[`flow${which}Milliseconds`]) ??
    numberOf(fields[`flow${which}Microseconds`]) ??
    numberOf(fields[`flow${which}Nanoseconds`]) ??
    numberOf(fields[`flow${which}Seconds`])
  if (told !== undefined) return told
  const delta = numberOf(fields[`flow${which}DeltaMicroseconds`])
  if (delta !== undefined) return exportTime - Math.round(delta / 1000)
  const uptime = numberOf(fields[`flow${which}SysUpTime`])
  const boot = numberOf(fields['systemInitTimeMilliseconds']) ?? bootTime
  if (uptime === undefined || boot === undefined) return undefined
  return atUptime(uptime, boot, exportTime)
}

/** An uptime later than the export was told before the uptime wrapped; one much earlier, after. */
function atUptime(uptime: number, boot: number, exportTime: number): number {
  const at = boot + uptime
  if (at - exportTime > wrap / 2) return at - wrap
  return exportTime - at > wrap / 2 ? at + wrap : at
}

function numberOf(value: FlowFields[string] | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}
