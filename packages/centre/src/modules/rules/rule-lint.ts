import { setImmediate } from 'node:timers/promises'
import type { LintProblem, RuleDocumentDraft } from '@haidang/contracts/rule-library'
import type { RuleEntry } from '@haidang/detection/sigma/rule-entry'
import { compileRules } from '@haidang/detection/sigma/rule-set'
import { Problem } from '@haidang/runtime/problem'

/** One rule of a file, and what there is to say about it. */
export interface LintedRule {
  readonly path: string
  readonly text: string
  /** How many lines of the file stand before it. */
  readonly line: number
  readonly entry: RuleEntry
  readonly problems: readonly LintProblem[]
  /** Whether it may stand in the library: no problem is an error. */
  readonly usable: boolean
}

const wanted = ['description', 'author', 'level', 'tags', 'falsepositives']
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** Files compiled before other work gets its turn. */
const atOnce = 20

/** Texts of rules, by Sigma id, that a correlation or filter may refer to. */
export type Companions = (sigmaIds: readonly string[]) => Promise<readonly string[]>

const anyUuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi

/**
 * Lints files one after the other; between them other work gets its turn. What refers to other rules is
 * linted with those beside it and those of the library it names by id.
 */
export async function lintDocuments(
  documents: readonly RuleDocumentDraft[],
  companions: Companions,
): Promise<LintedRule[]> {
  const linted: LintedRule[] = []
  for (const [i, document] of documents.entries()) {
    if (i % atOnce === atOnce - 1) await setImmediate()
    linted.push(...lintDocument(document))
  }
  if (linted.every(({ entry }) => entry.kind === 'detection')) return linted
  return joined(linted, await companions(companionsOf(linted)))
}

/** Sigma ids that correlations and filters name and that do not stand beside them. */
export function companionsOf(linted: readonly LintedRule[]): string[] {
  const dependents = linted.filter(({ entry }) => entry.kind !== 'detection')
  const beside = new Set(linted.map(({ entry }) => entry.id))
  const named = dependents.flatMap(({ text }) => text.match(anyUuid) ?? [])
  return [...new Set(named)].filter((id) => !beside.has(id))
}

/** Lints correlations and filters again, together with what they may refer to. */
function joined(linted: readonly LintedRule[], companions: readonly string[]): LintedRule[] {
  const documents = [...linted.map(({ text }) => text), ...companions].map((text, i) => ({
    path: String(i).padStart(6, '0'),
    text,
  }))
  const entries = new Map(compileRules(documents).entries.map((entry) => [entry.path, entry]))
  return linted.map((one, i) => {
    const found = entries.get(documents[i]?.path ?? '')
    if (!found || one.entry.kind === 'detection') return one
    const problem = found.problem?.replace(found.path, one.path) ?? null
    return judged({ ...found, path: one.path, problem }, one.text, one.line)
  })
}

/** Lints a file: each of the documents it holds is a rule of its own. */
export function lintDocument({ path, text }: RuleDocumentDraft): LintedRule[] {
  return partsOf(text).map(({ text: part, line }) => {
    const entries = compileRules([{ path, text: part }]).entries
    const [entry] = entries
    if (entry === undefined || entries.length > 1) return lonely(path, part, line)
    return judged(entry, part, line)
  })
}

/** `line`: how many stand before the text in its file. */
function judged(entry: RuleEntry, text: string, line: number): LintedRule {
  const compile = compileProblems(entry, line)
  const problems = entry.state === 'error' ? compile : [...compile, ...ownProblems(entry, text)]
  const usable = problems.every(({ level }) => level !== 'error')
  return { path: entry.path, text, line, entry, problems, usable }
}

/** The documents of a YAML stream, each with the line it starts after; empty ones are left out. */
function partsOf(text: string): { text: string; line: number }[] {
  const parts: { text: string; line: number }[] = []
  let line = 0
  for (const part of text.split(/^---[ \t]*\r?$\n?/m)) {
    if (/^[^#\s]/m.test(part)) parts.push({ text: part, line })
    line += part.split('\n').length
  }
  return parts.length > 0 ? parts : [{ text, line: 0 }]
}

function lonely(path: string, text: string, line: number): LintedRule {
  const [entry] = compileRules([{ path, text: '{}' }]).entries
  if (entry === undefined) throw new Error('an empty rule compiles to no entry')
  const cause = 'this is not one rule'
  const problem: LintProblem = { level: 'error', path, line: line + 1, column: 1, cause }
  return { path, text, line, entry, problems: [problem], usable: false }
}

function compileProblems(entry: RuleEntry, after: number): LintProblem[] {
  const { path, state, problem } = entry
  if (problem === null) return []
  const rest = problem.startsWith(path) ? problem.slice(path.length) : problem
  const [, line, column, cause] = /^:(\d+):(\d+): (.*)$/s.exec(rest) ?? []
  return [
    {
      level: state === 'error' ? 'error' : 'warning',
      path,
      line: line === undefined ? null : Number(line) + after,
      column: column === undefined ? null : Number(column),
      cause: (cause ?? rest).slice(0, 1000),
    },
  ]
}

function ownProblems({ path, id, note }: RuleEntry, text: string): LintProblem[] {
  const say = (level: LintProblem['level'], cause: string): LintProblem => ({
    level,
    path,
    line: null,
    column: null,
    cause,
  })
  const problems: LintProblem[] = note === null ? [] : [say('warning', note)]
  // PostgreSQL holds neither in text, and a changed text would have another hash.
  if (text.includes('\u0000') || !text.isWellFormed()) {
    problems.push(say('error', 'it holds characters that are no text'))
  }
  if (!/^id:[ \t]*\S/m.test(text)) problems.push(say('error', 'a rule of the library needs an id'))
  else if (!uuid.test(id)) problems.push(say('warning', 'the id is not a UUID'))
  for (const name of wanted) {
    if (!new RegExp(`^${name}:`, 'm').test(text)) problems.push(say('warning', `it has no ${name}`))
  }
  return problems
}

/** Usable rules, each id once; what is not usable is counted, and says why in `problems`. */
export function distinct(linted: readonly LintedRule[]) {
  const rules = new Map<string, LintedRule>()
  const problems: LintProblem[] = []
  let refused = 0
  for (const one of linted) {
    problems.push(...one.problems)
    const twice = one.usable && rules.has(one.entry.id)
    if (twice)
      problems.push(located(one, `the id already stands in ${rules.get(one.entry.id)?.path}`))
    if (twice || !one.usable) refused += 1
    else rules.set(one.entry.id, one)
  }
  return { rules: [...rules.values()], problems, refused }
}

/** The problem of a rule whose id is taken by a rule its author may not see. */
export function taken(linted: LintedRule): LintProblem {
  return located(linted, 'the id belongs to a rule of another organisation')
}

function located({ path }: LintedRule, cause: string): LintProblem {
  return { level: 'error', path, line: null, column: null, cause }
}

/** The refusal of a text, naming what is wrong with it. */
export function invalid(problems: readonly LintProblem[]): Problem {
  const errors = problems.filter(({ level }) => level === 'error')
  const detail = errors.map(({ cause }) => cause).join('; ') || 'one rule is expected'
  return new Problem(
    'rule.invalid',
    detail.slice(0, 1000),
    errors.slice(0, 20).map(({ path, line, column, cause }) => ({
      field: line === null ? path : `${path}:${line}:${column}`,
      cause,
      remedy: 'correct the text',
    })),
  )
}
