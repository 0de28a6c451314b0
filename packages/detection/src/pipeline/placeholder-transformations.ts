import type { DetectionItem } from '../sigma/detection.ts'
import { type LocatedScalar, type Place, RuleProblem } from '../sigma/located-yaml.ts'
import { withText } from './item-values.ts'
import { mappingOf, type Params } from './params.ts'
import type { Transformation } from './pipeline.ts'
import type { RuleRun } from './rule-run.ts'

/** What a placeholder stands for; undefined: it is left to a later step. */
type Meaning = (name: string, run: RuleRun, place: Place) => readonly string[] | undefined

const placeholder = /(\\%|%[\w.-]+%)/
const mostVariants = 10_000

/** `value_placeholders`: `%name%` for each value of the pipeline's variable of that name. */
export function readValuePlaceholders(params: Params): Transformation {
  const concerns = readConcerned(params)
  return replacing((name, run, place) => (concerns(name) ? valuesOf(name, run, place) : undefined))
}

/** `wildcard_placeholders`: `%name%` for anything. */
export function readWildcardPlaceholders(params: Params): Transformation {
  const concerns = readConcerned(params)
  return replacing((name) => (concerns(name) ? ['*'] : undefined))
}

/**
 * `query_expression_placeholders`: a value that is a placeholder and nothing else asks whether the
 * field is in a list. The query a back end would send is of no use here; the list is the pipeline's
 * variable with the name the mapping gives.
 */
export function readListPlaceholders(params: Params): Transformation {
  const concerns = readConcerned(params)
  params.optionalText('expression')
  const mapping = params.has('mapping')
    ? mappingOf(params.map('mapping'))
    : new Map<string, string[]>()
  const replace = replacing((name, run, place) =>
    concerns(name) ? valuesOf(mapping.get(name)?.[0] ?? name, run, place) : undefined,
  )
  return (run, scope) => {
    run.changeItems(scope, (item) => {
      const stray = item.modifiers.includes('expand')
        ? item.values.find(({ text }) => placeholder.test(text) && !/^%[\w.-]+%$/.test(text))
        : undefined
      if (stray === undefined) return item
      throw new RuleProblem('a list takes the place of a whole value only', stray.place)
    })
    replace(run, scope)
  }
}

function readConcerned(params: Params): (name: string) => boolean {
  const included = params.texts('include')
  const excluded = params.texts('exclude')
  if (included.length > 0 && excluded.length > 0) {
    throw new RuleProblem('include and exclude are not possible together', params.place)
  }
  if (included.length > 0) return (name) => included.includes(name)
  return (name) => !excluded.includes(name)
}

function valuesOf(name: string, run: RuleRun, place: Place): readonly string[] {
  const values = run.vars.get(name)
  if (values !== undefined) return values
  throw new RuleProblem(`no variable "${name}" for the placeholder`, place)
}

function replacing(meaning: Meaning): Transformation {
  return (run, scope) =>
    run.changeItems(scope, (item) =>
      item.modifiers.includes('expand') ? withMeanings(item, meaning, run) : item,
    )
}

function withMeanings(item: DetectionItem, meaning: Meaning, run: RuleRun): DetectionItem {
  let changed = false
  const values = item.values.flatMap((scalar) => {
    const texts = textsOf(scalar, (name) => meaning(name, run, scalar.place))
    if (texts === undefined) return [scalar]
    changed = true
    return texts.map((text) => withText(scalar, text))
  })
  return changed ? { ...item, values } : item
}

/** All texts the value stands for; per cent signs that come in are plain ones. */
function textsOf(
  scalar: LocatedScalar,
  meaning: (name: string) => readonly string[] | undefined,
): readonly string[] | undefined {
  let texts = ['']
  let changed = false
  for (const piece of scalar.text.split(placeholder)) {
    const name = /^%([\w.-]+)%$/.exec(piece)?.[1]
    const meanings = name === undefined ? undefined : meaning(name)
    changed ||= meanings !== undefined
    const each = meanings?.map((text) => text.replaceAll('%', '\\%')) ?? [piece]
    texts = texts.flatMap((text) => each.map((end) => text + end))
    if (texts.length > mostVariants) {
      throw new RuleProblem(`stands for more than ${mostVariants} values`, scalar.place)
    }
  }
  return changed ? texts : undefined
}
