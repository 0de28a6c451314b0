import type { DetectionItem } from '../sigma/detection.ts'
import { type LocatedScalar, RuleProblem } from '../sigma/located-yaml.ts'
import { textOfScalar } from '../sigma/value-tests.ts'
import { changeTexts, holdsTexts, textOfValue, withoutPositions, withText } from './item-values.ts'
import { mappingOf, type Params } from './params.ts'
import type { Transformation } from './pipeline.ts'
import { readReplacement } from './replacement.ts'
import type { Scope } from './rule-run.ts'
import {
  joinedTexts,
  readText,
  type SigmaText,
  sliceOf,
  templateText,
  writeText,
} from './sigma-text.ts'
import { inCase } from './text-case.ts'

const longestText = 65_536

/** `replace_string`: what an expression finds in a text or number is replaced. */
export function readReplaceString(params: Params): Transformation {
  const replacement = params.text('replacement')
  const replace = readReplacement(params.text('regex'), replacement, params.placeOf('regex'))
  const skipped = params.flag('skip_special')
  const interpreted = params.flag('interpret_special')
  const change = skipped ? betweenWildcards(replace, interpreted) : replace
  return (run, scope) =>
    run.changeItems(scope, (item) =>
      changeTexts(numbersAsTexts(item), (text, { place }) => {
        const changed = change(text)
        if (changed.shown.length > longestText) {
          throw new RuleProblem(`a replacement makes more than ${longestText} characters`, place)
        }
        return changed === text ? undefined : [writeText(changed)]
      }),
    )
}

/** Every run of plain text for itself; new wildcards only where asked for. */
function betweenWildcards(
  replace: (text: SigmaText) => SigmaText,
  interpreted: boolean,
): (text: SigmaText) => SigmaText {
  return (text) => {
    const parts: SigmaText[] = []
    for (const { 0: roles, index } of text.roles.matchAll(/w+|[^w]+/g)) {
      const part = sliceOf(text, index, index + roles.length)
      if (roles.startsWith('w')) parts.push(part)
      else parts.push(interpreted ? replace(part) : withoutWildcards(replace(part)))
    }
    return joinedTexts(parts)
  }
}

function withoutWildcards({ shown, roles }: SigmaText): SigmaText {
  return { shown, roles: roles.replaceAll('w', 't') }
}

function numbersAsTexts(item: DetectionItem): DetectionItem {
  if (!holdsTexts(item) || !item.values.some(({ value }) => typeof value === 'number')) return item
  return { ...item, values: item.values.map((scalar) => asText(scalar)) }
}

function asText(scalar: LocatedScalar): LocatedScalar {
  return typeof scalar.value === 'number' ? withText(scalar, textOfScalar(scalar)) : scalar
}

/** `map_string`: a text, wildcards included, for one or several others. */
export function readMapString(params: Params): Transformation {
  const mapping = mappingOf(params.map('mapping'))
  return (run, scope) =>
    run.changeItems(scope, (item) => changeTexts(item, ({ shown }) => mapping.get(shown)))
}

/** `case`: every run of plain text written another way. */
export function readCase(params: Params): Transformation {
  const method = params.choice('method', ['lower', 'upper', 'snake_case'], 'lower')
  const change = betweenWildcards(({ shown }) => templateText(inCase(shown, method)), true)
  return (run, scope) =>
    run.changeItems(scope, (item) =>
      changeTexts(item, (text) => {
        const changed = change(text)
        return changed.shown === text.shown ? undefined : [writeText(changed)]
      }),
    )
}

/** `set_value`: one value in place of all. */
export function readSetValue(params: Params): Transformation {
  const written = params.scalar('value')
  const type = params.choice('force_type', ['none', 'str', 'num'], 'none')
  const value = ofType(written, type)
  return (run, scope) =>
    run.changeItems(scope, (item) => ({
      ...item,
      modifiers: item.modifiers.filter((name) => name === 'neq' || name === 'cased'),
      values: [{ ...value, place: item.place }],
    }))
}

/** `convert_type`: numbers to texts, or texts to numbers. */
export function readConvertType(params: Params): Transformation {
  const type = params.choice('target_type', ['str', 'num'], 'str')
  if (type === 'str') {
    return (run, scope) => run.changeItems(scope, numbersAsTexts)
  }
  return (run, scope) => run.changeItems(scope, asNumbers)
}

function asNumbers(item: DetectionItem): DetectionItem {
  if (!item.values.some((scalar) => textOfValue(item, scalar) !== undefined)) return item
  const values = item.values.map((scalar) => {
    const text = textOfValue(item, scalar)
    return text === undefined ? scalar : ofType(withText(scalar, text.shown), 'num')
  })
  return { ...item, modifiers: withoutPositions(item), values }
}

function ofType(scalar: LocatedScalar, type: 'none' | 'str' | 'num'): LocatedScalar {
  if (type === 'none') return scalar
  const text = textOfScalar(scalar)
  if (type === 'str') return withText(scalar, text)
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isNaN(number)) throw new RuleProblem(`"${text}" is no number`, scalar.place)
  return { ...scalar, value: number, text }
}

/** `regex`: a text becomes an expression for the whole field. All methods but `plain` ignore case. */
export function readRegex(params: Params): Transformation {
  const methods = ['ignore_case_brackets', 'ignore_case_flag', 'plain'] as const
  const cased = params.choice('method', methods, 'ignore_case_brackets') === 'plain'
  return (run, scope: Scope) => run.changeItems(scope, (item) => asExpression(item, cased))
}

function asExpression(item: DetectionItem, cased: boolean): DetectionItem {
  if (!holdsTexts(item)) return item
  if (item.modifiers.includes('expand')) {
    throw new RuleProblem('a placeholder cannot become an expression', item.place)
  }
  const texts = item.values.map((scalar) => textOfValue(item, asText(scalar)))
  if (texts.some((text) => text === undefined)) return item
  const flags = cased ? ['s'] : ['i', 's']
  const kept = item.modifiers.filter((name) => name === 'all' || name === 'neq')
  const values = item.values.map((scalar, i) => {
    const source = expressionOf(texts[i] ?? readText(''))
    return withText(scalar, item.field === '' ? source : `^(?:${source})$`)
  })
  return { ...item, modifiers: ['re', ...flags, ...kept], values }
}

function expressionOf({ shown, roles }: SigmaText): string {
  let source = ''
  for (let i = 0; i < shown.length; i++) {
    const character = shown.charAt(i)
    const role = roles.charAt(i)
    if (role === 'w') source += character === '*' ? '.*' : '.'
    else if (role === 't') source += character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&')
  }
  return source
}
