import { type FilterNode, parseFilter } from '@haidang/contracts/filter'
import { foldVietnamese } from '@haidang/contracts/fold'
import type { Rule } from '@haidang/contracts/rule'
import { Severity, severityId } from '@haidang/contracts/severity'
import { Problem } from '@haidang/runtime/problem'

type Term = Extract<FilterNode, { kind: 'term' }>
type Test = (rule: Rule) => boolean

const words: Readonly<Record<string, (rule: Rule) => readonly string[]>> = {
  id: (rule) => [rule.id],
  title: (rule) => [rule.title],
  status: (rule) => [rule.status],
  state: (rule) => [rule.state],
  author: (rule) => [rule.author],
  path: (rule) => [rule.path],
  tag: (rule) => rule.tags,
  product: (rule) => [rule.logsource.product ?? ''],
  category: (rule) => [rule.logsource.category ?? ''],
  service: (rule) => [rule.logsource.service ?? ''],
}

/** Compiles a typed filter over rules; free text looks in everything. Throws Problem filter.invalid. */
export function ruleFilter(text: string | undefined): Test {
  const parsed = parseFilter(text ?? '')
  if (!parsed.ok) {
    throw new Problem('filter.invalid', `Expected ${parsed.expected} at position ${parsed.at}`)
  }
  return parsed.node === null ? () => true : testOf(parsed.node)
}

function testOf(node: FilterNode): Test {
  if (node.kind === 'term') return termTest(node)
  if (node.kind === 'not') {
    const inner = testOf(node.node)
    return (rule) => !inner(rule)
  }
  const tests = node.nodes.map(testOf)
  return node.kind === 'and'
    ? (rule) => tests.every((test) => test(rule))
    : (rule) => tests.some((test) => test(rule))
}

function termTest(term: Term): Test {
  const { field, value } = term
  if (field === 'severity') return numberTest(term, severityRank(value), ruleSeverity)
  if (field === 'hits') return numberTest(term, Number(value), (rule) => rule.hits)
  const wanted = foldVietnamese(value)
  const contains = (text: string) => foldVietnamese(text).includes(wanted)
  if (field === null) {
    return (rule) => contains(`${rule.title} ${rule.description} ${rule.id} ${rule.tags.join(' ')}`)
  }
  const read = Object.hasOwn(words, field) ? words[field] : undefined
  if (read === undefined) {
    const known = [...Object.keys(words), 'severity', 'hits'].join(', ')
    throw new Problem('filter.invalid', `No field “${field}”; there are: ${known}`)
  }
  return (rule) => read(rule).some(contains)
}

function ruleSeverity(rule: Rule): number {
  return severityId(rule.severity)
}

function severityRank(word: string): number {
  const severity = Severity.safeParse(word.toLowerCase())
  if (severity.success) return severityId(severity.data)
  throw new Problem('filter.invalid', `severity is one of ${Severity.options.join(', ')}`)
}

function numberTest({ operator }: Term, wanted: number, read: (rule: Rule) => number): Test {
  if (Number.isNaN(wanted)) throw new Problem('filter.invalid', 'a number is needed')
  switch (operator) {
    case ':':
      return (rule) => read(rule) === wanted
    case '>':
      return (rule) => read(rule) > wanted
    case '>=':
      return (rule) => read(rule) >= wanted
    case '<':
      return (rule) => read(rule) < wanted
    case '<=':
      return (rule) => read(rule) <= wanted
  }
}
