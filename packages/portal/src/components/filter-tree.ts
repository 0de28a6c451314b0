import { type FilterNode, parseFilter, printFilter } from '@haidang/contracts/filter'

/** The conditions that stand side by side at the top of a filter: each is one chip. */
export function conditions(text: string): readonly FilterNode[] {
  const parsed = parseFilter(text)
  if (!parsed.ok || !parsed.node) return []
  return parsed.node.kind === 'and' ? parsed.node.nodes : [parsed.node]
}

function joined(nodes: readonly FilterNode[]): string {
  const [only] = nodes
  if (!only) return ''
  return printFilter(nodes.length === 1 ? only : { kind: 'and', nodes })
}

/** The filter without one of its conditions. */
export function without(text: string, index: number): string {
  return joined(conditions(text).filter((_, at) => at !== index))
}

/** The filter with one more condition; nothing changes when it already stands there. */
export function withTerm(text: string, field: string, value: string, exclude = false): string {
  const term: FilterNode = {
    kind: 'term',
    field,
    operator: ':',
    value,
    quoted: !/^[\w.:+/-]+$/.test(value),
  }
  const added: FilterNode = exclude ? { kind: 'not', node: term } : term
  const nodes = conditions(text)
  const print = printFilter(added)
  return nodes.some((node) => printFilter(node) === print) ? text : joined([...nodes, added])
}

/** The value a field is held to by a top-level condition. */
export function termValue(text: string, field: string): string | undefined {
  for (const node of conditions(text)) {
    if (node.kind === 'term' && node.field === field) return node.value
  }
  return undefined
}

/** The filter with a field held to one value, or freed from it. */
export function withChoice(text: string, field: string, value: string | undefined): string {
  const others = conditions(text).filter((node) => !(node.kind === 'term' && node.field === field))
  return value === undefined ? joined(others) : withTerm(joined(others), field, value)
}

/** A field is one of these. */
export function anyOf(field: string, values: readonly string[]): string {
  return values.map((value) => withTerm('', field, value)).join(' or ')
}

/** Both filters must hold. */
export function both(a: string, b: string): string {
  return joined([...conditions(a), ...conditions(b)])
}
