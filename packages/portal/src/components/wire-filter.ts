import { type FilterNode, parseFilter, printFilter } from '@haidang/contracts/filter'
import { Severity, severityId } from '@haidang/contracts/severity'
import { Tlp, tlpRank } from '@haidang/contracts/tlp'

/** Levels are words to people and ranks to the node, so that `severity:>=high` can be compared. */
const ranks: Readonly<Record<string, (word: string) => number | undefined>> = {
  severity: (word) => ifKnown(Severity.safeParse(word).data, severityId),
  tlp: (word) => ifKnown(Tlp.safeParse(word).data, tlpRank),
}

function ifKnown<W>(word: W | undefined, rank: (word: W) => number): number | undefined {
  return word === undefined ? undefined : rank(word)
}

function ranked(node: FilterNode): FilterNode {
  if (node.kind === 'not') return { kind: 'not', node: ranked(node.node) }
  if (node.kind !== 'term') return { kind: node.kind, nodes: node.nodes.map(ranked) }
  const rank = node.field ? ranks[node.field]?.(node.value.toLowerCase()) : undefined
  return rank === undefined ? node : { ...node, value: String(rank), quoted: false }
}

/** A filter as the node reads it; undefined for none, so that it does not stand in the address. */
export function wireFilter(text: string): string | undefined {
  const parsed = parseFilter(text)
  if (!parsed.ok) return text
  return printFilter(parsed.node ? ranked(parsed.node) : null) || undefined
}
