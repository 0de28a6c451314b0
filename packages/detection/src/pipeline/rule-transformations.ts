import type { Logsource } from '@haidang/contracts/event'
import { type Detection, readDetection } from '../sigma/detection.ts'
import {
  type Located,
  type LocatedEntry,
  type LocatedMap,
  RuleProblem,
} from '../sigma/located-yaml.ts'
import { withText } from './item-values.ts'
import type { Params } from './params.ts'
import type { Transformation } from './pipeline.ts'
import type { RuleRun } from './rule-run.ts'

const parts = ['product', 'category', 'service'] as const
const mostLogsources = 64

/** `add_condition`: further items every record must, or with `negated` must not, fit. */
export function readAddCondition(params: Params): Transformation {
  const conditions = params.map('conditions')
  const name = params.optionalText('name')
  const templated = params.flag('template')
  const negated = params.flag('negated')
  readDetection('conditions', conditions)
  return (run) => {
    if (run.draft.kind !== 'rule') return
    const written = templated ? filledIn(conditions, run.logsources[0] ?? {}) : conditions
    addCondition(run, name, readDetection('conditions', written), negated)
  }
}

function addCondition(
  run: RuleRun,
  wanted: string | undefined,
  detection: Detection,
  negated: boolean,
): void {
  const name = wanted ?? `_added_${run.detections.size}`
  if (run.detections.has(name)) {
    throw new RuleProblem(`it has a "${name}" already`, run.draft.document.place)
  }
  run.detections.set(name, detection)
  const selection = { kind: 'selection', name } as const
  const added = negated ? ({ kind: 'not', part: selection } as const) : selection
  run.conditions = run.conditions.map((condition) => ({ kind: 'all', parts: [added, condition] }))
}

/** The parts of the log source in place of `$product`, `${category}` and their like. */
function filledIn(map: LocatedMap, logsource: Logsource): LocatedMap {
  const entries = new Map<string, LocatedEntry>()
  for (const [key, entry] of map.entries) {
    entries.set(key, { ...entry, value: filled(entry.value, logsource) })
  }
  return { ...map, entries }
}

function filled(value: Located, logsource: Logsource): Located {
  if (value.kind === 'list') {
    return { ...value, items: value.items.map((item) => filled(item, logsource)) }
  }
  if (value.kind === 'map' || typeof value.value !== 'string') return value
  const text = value.text.replace(
    /\$(?:\$|(product|category|service)\b|\{(product|category|service)\})/g,
    (found, bare?: keyof Logsource, braced?: keyof Logsource) => {
      const part = bare ?? braced
      return part === undefined ? '$' : (logsource[part] ?? found)
    },
  )
  return withText(value, text)
}

/** `change_logsource`: what is not stated is gone. Lists make every combination; pySigma takes one text a part. */
export function readChangeLogsource(params: Params): Transformation {
  let logsources: readonly Logsource[] = [{}]
  for (const part of parts) {
    const texts = params.texts(part)
    if (texts.length === 0) continue
    if (logsources.length * texts.length > mostLogsources) {
      throw new RuleProblem(`more than ${mostLogsources} log sources`, params.placeOf(part))
    }
    logsources = texts.flatMap((text) =>
      logsources.map((logsource) => ({ ...logsource, [part]: text.toLowerCase() })),
    )
  }
  if (logsources.some((logsource) => Object.keys(logsource).length === 0)) {
    throw new RuleProblem('a log source states at least one part', params.place)
  }
  return (run) => {
    if (run.draft.kind === 'rule') run.logsources = logsources
  }
}

/** `add_field`: the rule asks to show further fields. */
export function readAddField(params: Params): Transformation {
  const fields = required(params, 'field')
  return (run) => {
    run.fields = [...run.fields, ...fields]
  }
}

/** `remove_field`. */
export function readRemoveField(params: Params): Transformation {
  const fields = required(params, 'field')
  return (run) => {
    run.fields = run.fields.filter((field) => !fields.includes(field))
  }
}

/** `set_field`. */
export function readSetField(params: Params): Transformation {
  const fields = params.texts('fields')
  return (run) => {
    run.fields = fields
  }
}

function required(params: Params, name: string): string[] {
  const texts = params.texts(name)
  if (texts.length === 0) throw new RuleProblem(`${name} is missing`, params.place)
  return texts
}

/** `set_state`: a note later conditions can ask for. */
export function readSetState(params: Params): Transformation {
  const key = params.text('key')
  const value = params.scalar('val')
  return (run) => {
    run.state.set(key, value)
  }
}

/** `set_custom_attribute`: an attribute that `rule_attribute` sees. */
export function readSetAttribute(params: Params): Transformation {
  const attribute = params.text('attribute')
  const value = params.scalar('value')
  return (run) => {
    run.attributes.set(attribute, value)
  }
}

/** `drop_detection_item`. */
export function readDropItem(): Transformation {
  return (run, scope) => run.changeItems(scope, () => undefined)
}

/** `rule_failure`: the rule is refused. */
export function readRuleFailure(params: Params): Transformation {
  const message = params.text('message')
  return (run) => {
    throw new RuleProblem(message, run.draft.document.place)
  }
}

/** `detection_item_failure`: a rule with such an item is refused. */
export function readItemFailure(params: Params): Transformation {
  const message = params.text('message')
  return (run, scope) =>
    run.changeItems(scope, ({ place }) => {
      throw new RuleProblem(message, place)
    })
}

/** `strict_field_mapping_failure`: a rule with a field no step has mapped is refused. */
export function readStrictMapping(): Transformation {
  return (run, scope) => {
    run.changeItems(scope, (item) => {
      if (item.field === '' || run.mapped.has(item.field)) return item
      throw new RuleProblem(`the field "${item.field}" is not mapped`, item.place)
    })
  }
}
