import { type FilterNode, parseFilter, printFilter } from '@haidang/contracts/filter'
import { foldVietnamese } from '@haidang/contracts/fold'
import { Severity, severityId } from '@haidang/contracts/severity'
import { Tlp, tlpRank } from '@haidang/contracts/tlp'
import { Problem } from '@haidang/runtime/problem'

type Term = Extract<FilterNode, { kind: 'term' }>

/** Words people write for what the tables keep as numbers, so that `severity:>=high` compares and sorts. */
const ranks: Readonly<Record<string, { words: readonly string[]; rank(word: string): number }>> = {
  severity: {
    words: Severity.options,
    rank: (word) => severityId(Severity.parse(word)),
  },
  tlp: { words: Tlp.options, rank: (word) => tlpRank(Tlp.parse(word)) },
}

/**
 * A typed filter as the tables of the centre understand it: levels become ranks, free text becomes
 * the folded field `text`. Throws Problem filter.invalid where it cannot be read.
 */
export function rankedFilter(text: string | undefined): string | undefined {
  if (!text) return undefined
  const parsed = parseFilter(text)
  if (!parsed.ok) {
    throw new Problem('filter.invalid', `Expected ${parsed.expected} at position ${parsed.at}`)
  }
  return parsed.node ? printFilter(ranked(parsed.node)) : undefined
}

function ranked(node: FilterNode): FilterNode {
  if (node.kind === 'term') return rankedTerm(node)
  if (node.kind === 'not') return { kind: 'not', node: ranked(node.node) }
  return { kind: node.kind, nodes: node.nodes.map(ranked) }
}

function rankedTerm(term: Term): Term {
  if (term.field === null || term.field === 'text') {
    return { ...term, field: 'text', value: foldVietnamese(term.value) }
  }
  const scale = Object.hasOwn(ranks, term.field) ? ranks[term.field] : undefined
  if (!scale) return term
  const word = term.value.toLowerCase()
  if (!scale.words.includes(word)) {
    throw new Problem(
      'filter.invalid',
      `${term.field} is one of ${scale.words.join(', ')}, not “${term.value.slice(0, 60)}”`,
    )
  }
  return { ...term, value: String(scale.rank(word)), quoted: false }
}
