import type { Alert } from './alert.ts'
import { boundedAlert, boundedRule } from './alert-bounds.ts'
import { foldVietnamese } from './fold.ts'
import { storableJson } from './storable.ts'
import { TextWriter } from './text-writer.ts'

/** By what an alert is filed, listed and put with others; its evidence is only in its text. */
export interface AlertHead extends Omit<Alert, 'rule' | 'matches' | 'observables' | 'raw_data'> {
  readonly rule: Pick<Alert['rule'], 'id' | 'title' | 'tags'>
}

/** An alert on its way to where it is kept: read as a whole by few, so it travels as text. */
export interface WrittenAlert {
  readonly head: AlertHead
  /** What free text searches: title, entity, rule and observables, folded. */
  readonly folded: string
  /** The whole alert as JSON on one line, UTF-8. */
  readonly text: Uint8Array<ArrayBuffer>
}

const decoder = new TextDecoder()

/** The alert as nodes keep it, of bounded size. */
export function written(alert: Alert): WrittenAlert {
  const [only] = writtenTogether([alert])
  if (only === undefined) throw new Error('an alert was lost while it was written')
  return only
}

/** The same of many: their texts lie in one buffer, which can be handed to another thread. */
export function writtenTogether(alerts: readonly Alert[]): WrittenAlert[] {
  const writer = new AlertWriter()
  for (const alert of alerts) writer.write(alert)
  return writer.take()
}

/** The whole alert again. */
export function wholeAlert({ text }: Pick<WrittenAlert, 'text'>): Alert {
  return JSON.parse(decoder.decode(text)) as Alert
}

interface WrittenRule {
  readonly whole: Alert['rule']
  readonly head: AlertHead['rule']
}

/** Writes alerts as they are found; keeps its memory from batch to batch. */
export class AlertWriter {
  readonly #texts = new TextWriter()
  readonly #rules = new Map<Alert['rule'], WrittenRule>()
  #drafts: (Omit<WrittenAlert, 'text'> & { readonly end: number })[] = []

  write(given: Alert): void {
    const rule = this.#ruleOf(given.rule)
    const alert = boundedAlert(given, rule.whole)
    const { matches: _, observables, raw_data: __, ...rest } = alert
    const { id, title, tags } = rule.head
    const words = [alert.title, alert.entity, title, id, ...tags]
    const folded = foldVietnamese([...words, ...observables.map(({ value }) => value)].join(' '))
    this.#texts.write(storableJson(alert))
    this.#drafts.push({ head: { ...rest, rule: rule.head }, folded, end: this.#texts.length })
  }

  /** What was written since this was last asked, in one buffer. */
  take(): WrittenAlert[] {
    const buffer = this.#texts.take()
    const drafts = this.#drafts
    this.clear()
    let start = 0
    return drafts.map(({ head, folded, end }) => {
      const text = buffer.subarray(start, end)
      start = end
      return { head, folded, text }
    })
  }

  clear(): void {
    this.#texts.clear()
    this.#rules.clear()
    this.#drafts = []
  }

  /** Of alerts of one rule the rule is one object: another thread gets it once. */
  #ruleOf(rule: Alert['rule']): WrittenRule {
    const known = this.#rules.get(rule)
    if (known !== undefined) return known
    const whole = boundedRule(rule)
    const { id, title, tags } = whole
    const made = { whole, head: { id, title, tags } }
    this.#rules.set(rule, made)
    return made
  }
}
