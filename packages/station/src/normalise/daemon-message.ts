import type { Logsource } from '@haidang/contracts/event'
import type { SyslogFields } from '../parse/syslog-header.ts'
import { type Draft, present, type Read } from './draft.ts'
import { normaliseSyslog } from './syslog.ts'

export type Groups = Readonly<Record<string, string | undefined>>

/** What one message of a daemon says beyond who wrote it and when. */
export type MessageAbout = Partial<Omit<Draft, 'logsource' | 'product' | 'vendor'>> & {
  /** Names rules use for what the message says, besides those of any syslog record. */
  readonly names?: Readonly<Record<string, unknown>> | undefined
}

/** One kind of message. Repetitions are bounded, so that no message takes more than linear time. */
export interface MessageKind {
  readonly pattern: RegExp
  readonly about: (groups: Groups) => MessageAbout
}

export interface Daemon {
  readonly product: string
  readonly vendor?: string
  /** Where it differs from what the program's name says. */
  readonly logsource?: Logsource
  readonly kinds: readonly MessageKind[]
}

/**
 * Reads a message of a daemon by the first kind that fits; one that fits none keeps the form of a syslog
 * record. `message` stands for that of the header where the daemon puts marks of its own before it.
 */
export function normaliseDaemon(
  fields: SyslogFields,
  { product, vendor, logsource, kinds }: Daemon,
  message = fields.message,
): Read {
  const { draft, record } = normaliseSyslog(fields)
  const { names, ...about } = aboutOf(message, kinds)
  return {
    draft: {
      ...draft,
      ...about,
      severity: Math.max(about.severity ?? 1, draft.severity > 3 ? 3 : 1),
      unmapped: { ...draft.unmapped, ...about.unmapped },
      product,
      vendor,
      logsource: logsource ?? draft.logsource,
    },
    record: names === undefined ? record : { ...record, ...present(names) },
  }
}

function aboutOf(message: string, kinds: readonly MessageKind[]): MessageAbout {
  for (const { pattern, about } of kinds) {
    const found = pattern.exec(message)
    if (found) return about(found.groups ?? {})
  }
  return {}
}

/** A user by name; undefined for none. */
export function userNamed(name: string | undefined, uid?: string) {
  return present({ name: name || undefined, uid: uid || undefined })
}
