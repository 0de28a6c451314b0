import { type IndicatorLayer, type IndicatorTables, LayerBuilder } from './indicator-layer.ts'
import { IndicatorListReader, ListProblems } from './indicator-list.ts'
import { IndicatorSet } from './indicator-set.ts'

/** A list of indicators with its text. */
export interface IndicatorDocument {
  readonly path: string
  readonly text: string
}

/** Statements one layer takes, unless told otherwise. */
export const mostIndicators = 12_000_000

/**
 * Tables of the lists, details in memory. Of what one source repeats about an indicator the first stands;
 * at most 16 sources of an indicator are kept. `seed`: see IndicatorKey.
 */
export function buildIndicatorTables(
  documents: readonly IndicatorDocument[],
  version: string,
  seed = 0,
): IndicatorTables {
  // No indicator has fewer than two characters and the end of its line.
  const most = documents.reduce((sum, { text }) => sum + Math.ceil(text.length / 3) + 1, 0)
  const builder = new LayerBuilder({ seed, most: Math.min(most, mostIndicators) })
  const problems = new ListProblems()
  for (const { path, text } of documents) {
    const reader = new IndicatorListReader(path, builder, problems)
    reader.read(text)
    reader.end()
  }
  return tablesOf(builder.finish(), { version, seed, problems: problems.lines })
}

/** Tables of one layer. */
export function tablesOf(
  layer: IndicatorLayer,
  facts: Pick<IndicatorTables, 'version' | 'seed' | 'problems'>,
): IndicatorTables {
  return { ...facts, count: layer.statements, layers: layer.statements === 0 ? [] : [layer] }
}

/** A set in which nothing is known. */
export function noIndicators(): IndicatorSet {
  return new IndicatorSet(buildIndicatorTables([], ''))
}
