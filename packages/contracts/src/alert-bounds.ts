import type { Alert, Match } from './alert.ts'
import type { Observable } from './event.ts'

/** Characters kept of a text nobody bounded before us: evidence, then what is shown in one line. */
const rawLimit = 65_536
const lineLimit = 2_000
const nameLimit = 500

/** The alert with every text and list of it as long as nodes keep them at most; `rule` is bounded already. */
export function boundedAlert(alert: Alert, rule: Alert['rule'] = boundedRule(alert.rule)): Alert {
  return {
    ...alert,
    rule,
    title: alert.title.slice(0, lineLimit),
    entity: alert.entity.slice(0, 500),
    event_id: alert.event_id.slice(0, 200),
    source_id: alert.source_id.slice(0, 200),
    matches: boundedEach(alert.matches, isShortMatch, shortMatch),
    observables: boundedEach(alert.observables, isShortObservable, shortObservable),
    raw_data: alert.raw_data.slice(0, rawLimit),
  }
}

/** What an alert says of its rule, every text and list as long as nodes keep them at most. */
export function boundedRule(rule: Alert['rule']): Alert['rule'] {
  return {
    ...rule,
    id: rule.id.slice(0, 200),
    title: rule.title.slice(0, lineLimit),
    description: rule.description.slice(0, 10_000),
    tags: boundedWords(rule.tags, 200),
    false_positives: boundedWords(rule.false_positives, lineLimit),
    references: boundedWords(rule.references, lineLimit),
    version: rule.version.slice(0, 200),
  }
}

/** The same list where nothing in it is too long, as is usual. */
function boundedEach<T>(list: T[], isShort: (one: T) => boolean, short: (one: T) => T): T[] {
  return list.every(isShort) ? list : list.map(short)
}

function isShortMatch({ field, value, pattern, selection }: Match): boolean {
  const names = field.length <= nameLimit && selection.length <= nameLimit
  return names && value.length <= lineLimit && pattern.length <= lineLimit
}

function shortMatch({ field, value, pattern, selection }: Match): Match {
  return {
    field: field.slice(0, nameLimit),
    value: value.slice(0, lineLimit),
    pattern: pattern.slice(0, lineLimit),
    selection: selection.slice(0, nameLimit),
  }
}

function isShortObservable({ value, name }: Observable): boolean {
  return value.length <= lineLimit && name.length <= nameLimit
}

function shortObservable(one: Observable): Observable {
  return { ...one, value: one.value.slice(0, lineLimit), name: one.name.slice(0, nameLimit) }
}

function boundedWords(words: readonly string[], length: number): string[] {
  return words.slice(0, 64).map((word) => word.slice(0, length))
}
