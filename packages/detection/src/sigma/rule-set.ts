import type { CorrelationPlan } from '../correlation/correlation-plan.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'
import { Processor } from '../pipeline/processor.ts'
import { sha256 } from '../sha256.ts'
import type { Placeholders } from './placeholders.ts'
import type { CompiledRule } from './rule-compiler.ts'
import { blankEntry, type RuleEntry } from './rule-entry.ts'
import { RuleLoader } from './rule-loader.ts'
import { readYaml } from './rule-yaml.ts'
import { Slots } from './view.ts'

/** A file of rules. */
export interface RuleDocument {
  readonly path: string
  readonly text: string
}

/** All rules of a node, compiled once. */
export interface RuleSet {
  /** Hash over all texts, in the order of their paths, and over the pipelines. */
  readonly version: string
  readonly rules: readonly CompiledRule[]
  readonly entries: readonly RuleEntry[]
  readonly correlations: CorrelationPlan
  readonly slots: Slots
}

export interface CompileOptions {
  /** Values of `%name%` for the modifier expand. */
  readonly placeholders?: Placeholders
  /** What rewrites rules as they are loaded. */
  readonly pipelines?: readonly Pipeline[]
}

/**
 * Compiles Sigma rules, correlations and filters, any mix in any file; they may refer to each other
 * across files. What cannot be used stands in `entries` with its cause as file:line:column and affects
 * nothing but what refers to it.
 */
export function compileRules(
  documents: readonly RuleDocument[],
  { placeholders = {}, pipelines = [] }: CompileOptions = {},
): RuleSet {
  const slots = new Slots()
  const processor = new Processor(pipelines)
  const loader = new RuleLoader({ slots, placeholders, processor })
  const sorted = [...documents].sort((a, b) => (a.path < b.path ? -1 : 1))
  const versions = processor.isIdle ? [] : [processor.version]
  for (const { path, text } of sorted) {
    const version = sha256(text)
    versions.push(`${path}\u0000${version}`)
    for (const [i, document] of readYaml(text).entries()) {
      loader.add(document, blankEntry(path, text, version, i))
    }
  }
  const correlations = loader.join()
  const { rules, entries } = loader
  return { version: sha256(versions.join('\n')), rules, entries, correlations, slots }
}
