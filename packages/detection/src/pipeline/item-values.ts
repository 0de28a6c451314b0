import type { DetectionItem } from '../sigma/detection.ts'
import type { LocatedScalar } from '../sigma/located-yaml.ts'
import { textOfScalar } from '../sigma/value-tests.ts'
import { anyText, joinedTexts, readText, type SigmaText, writeText } from './sigma-text.ts'

const positions = ['contains', 'startswith', 'endswith']
const kept = ['all', 'neq', 'cased', 'expand']

/** Whether the values are names of other fields. */
export function isFieldReference({ modifiers }: DetectionItem): boolean {
  return modifiers.includes('fieldref')
}

/** Whether the values are Sigma strings: not expressions, ranges or numbers, and not yet to be encoded. */
export function holdsTexts({ modifiers }: DetectionItem): boolean {
  return modifiers.every((name) => positions.includes(name) || kept.includes(name))
}

/** The value with the wildcards its position stands for (`contains` on both sides); undefined if it is no text. */
export function textOfValue(item: DetectionItem, scalar: LocatedScalar): SigmaText | undefined {
  if (typeof scalar.value !== 'string' || !holdsTexts(item)) return undefined
  return positioned(item, scalar)
}

/** A value of the given text. */
export function withText(scalar: LocatedScalar, text: string): LocatedScalar {
  return { ...scalar, value: text, text }
}

/**
 * The item with every text the change answers for replaced; positions become wildcards then. The same
 * item if it answers for none.
 */
export function changeTexts(
  item: DetectionItem,
  change: (text: SigmaText, scalar: LocatedScalar) => readonly string[] | undefined,
): DetectionItem {
  const changed = item.values.map((scalar) => {
    const text = textOfValue(item, scalar)
    return text === undefined ? undefined : change(text, scalar)
  })
  if (changed.every((texts) => texts === undefined)) return item
  const values = item.values.flatMap((scalar, i) => {
    const texts = changed[i] ?? textsAsWritten(item, scalar)
    return texts?.map((text) => withText(scalar, text)) ?? [scalar]
  })
  return { ...item, modifiers: withoutPositions(item), values }
}

/** The modifiers but for `contains` and its like. */
export function withoutPositions({ modifiers }: DetectionItem): readonly string[] {
  return modifiers.filter((name) => !positions.includes(name))
}

function textsAsWritten(item: DetectionItem, scalar: LocatedScalar): string[] | undefined {
  if (scalar.value === null || !item.modifiers.some((name) => positions.includes(name))) {
    return undefined
  }
  return [writeText(positioned(item, scalar))]
}

function positioned({ modifiers }: DetectionItem, scalar: LocatedScalar): SigmaText {
  const text = readText(textOfScalar(scalar))
  const before = modifiers.includes('contains') || modifiers.includes('endswith')
  const after = modifiers.includes('contains') || modifiers.includes('startswith')
  const parts = [text]
  if (before && !text.roles.startsWith('w')) parts.unshift(anyText)
  if (after && !text.roles.endsWith('w')) parts.push(anyText)
  return joinedTexts(parts)
}
